import { z } from 'zod'
import {
  ADDRESS_KINDS,
  CONSENT_CHANNELS,
  CONSENT_SOURCES,
  IMPORT_STATES,
  LINE_FAULTS,
  ORDER_STATUSES,
  type ContactList,
  type ConsentRecord,
  type CustomerAnswer,
  type CustomerItem,
  type ListImport,
  type ListMember,
  type OrderAnswer,
} from './customers.ts'
import { PURPOSES } from './names.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

export const OrderAnswerSchema = z
  .object({
    orderId: z.string(),
    at: z.int(),
    status: z.enum(ORDER_STATUSES),
    /** Minor units and ISO code. */
    total: z.object({ amount: z.int(), currency: z.string() }).exactOptional(),
    isVerified: z.boolean(),
  })
  .meta({ id: 'Order' }) satisfies z.ZodType<OrderAnswer>

export const ConsentRecordSchema = z.object({
  purpose: z.enum(PURPOSES),
  channel: z.enum(CONSENT_CHANNELS),
  isGranted: z.boolean(),
  at: z.int(),
  source: z.enum(CONSENT_SOURCES),
  /** For people: the form, the shop's own record of it. */
  note: z.string().exactOptional(),
}) satisfies z.ZodType<ConsentRecord>

export const CustomerAnswerSchema = z
  .object({
    id: z.string(),
    userId: z.string().exactOptional(),
    email: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    firstName: z.string().exactOptional(),
    lastName: z.string().exactOptional(),
    birthOn: z.string().exactOptional(),
    languages: z.array(z.string()),
    tags: z.array(z.string()),
    attributes: z.record(z.string(), z.union([scalar, z.array(scalar)])),
    listIds: z.array(z.string()),
    /** A server of the shop's has vouched for this customer. */
    isVerified: z.boolean(),
    createdAt: z.int(),
    /** What holds now, by purpose and channel. */
    consents: z.array(ConsentRecordSchema),
    orders: z.array(OrderAnswerSchema),
  })
  .meta({ id: 'Customer' }) satisfies z.ZodType<CustomerAnswer>

/** A customer in a list. */
export const CustomerItemSchema = CustomerAnswerSchema.omit({
  listIds: true,
  consents: true,
  orders: true,
}).meta({ id: 'CustomerItem' }) satisfies z.ZodType<CustomerItem>

export const ContactListSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.int(),
    /** Addresses, whether somebody has them or not. */
    memberCount: z.int(),
  })
  .meta({ id: 'ContactList' }) satisfies z.ZodType<ContactList>

export const ListMemberSchema = z
  .object({
    kind: z.enum(ADDRESS_KINDS),
    value: z.string(),
    /** Whoever has this address now; an e-mail address may be several people's. */
    customerIds: z.array(z.string()),
  })
  .meta({ id: 'ListMember' }) satisfies z.ZodType<ListMember>

export const ListImportSchema = z
  .object({
    id: z.string(),
    listId: z.string(),
    state: z.enum(IMPORT_STATES),
    columns: z.array(z.string()),
    /** The first lines, for whoever chooses the mapping. */
    sample: z.array(z.array(z.string())),
    /** Guessed from the names of the columns until it is started. */
    mapping: z.object({
      userId: z.string().exactOptional(),
      email: z.string().exactOptional(),
      phone: z.string().exactOptional(),
    }),
    lines: z.int(),
    doneLines: z.int(),
    added: z.int(),
    alreadyThere: z.int(),
    faultCount: z.int(),
    /** The first hundred. */
    faults: z.array(z.object({ line: z.int(), fault: z.enum(LINE_FAULTS) })),
  })
  .meta({ id: 'ListImport' }) satisfies z.ZodType<ListImport>
