import { z } from 'zod'
import type { OrderStatus } from './lists.ts'
import { MAX_ID_CHARS, PURPOSES, type Purpose } from './names.ts'

/** Whether a user id counts as it is said (`open`), or only with a proof of the shop's server (`required`). */
export const IDENTITY_RULES = ['open', 'required'] as const
export type IdentityRule = (typeof IDENTITY_RULES)[number]

/** How a JWT of the shop's server must be signed; nothing else is looked at. */
export const JWT_ALGORITHMS = ['HS256', 'EdDSA'] as const
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number]

export { ORDER_STATUSES, type OrderStatus } from './lists.ts'

/** What may name somebody in a contact list, the surest first. */
export const ADDRESS_KINDS = ['userId', 'email', 'phone'] as const
export type AddressKind = (typeof ADDRESS_KINDS)[number]

export const IMPORT_STATES = ['uploading', 'uploaded', 'running', 'done'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** Why a line of an import was left out. */
export const LINE_FAULTS = [
  'no_address',
  'bad_user_id',
  'bad_email',
  'bad_phone',
  'bad_csv',
] as const
export type LineFault = (typeof LINE_FAULTS)[number]

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024
export const MAX_CONTACT_LISTS = 500
const MAX_LIST_CHANGES = 1_000

export type Scalar = string | number | boolean
export type TraitValue = Scalar | readonly Scalar[]

/** Of a list, a customer or an import, outside of the server. */
const PublicIdSchema = z.string().regex(/^[\w-]{22}$/)
const UserIdSchema = z.string().min(1).max(MAX_ID_CHARS)

export const ListSchema = z.strictObject({ name: z.string().trim().min(1).max(200) })

const AddressSchema = z.strictObject({
  kind: z.enum(ADDRESS_KINDS),
  value: z.string().min(1).max(320),
})
export type Address = z.infer<typeof AddressSchema>

export const ListChangeSchema = z.strictObject({
  add: z.array(AddressSchema).max(MAX_LIST_CHANGES).default([]),
  remove: z.array(AddressSchema).max(MAX_LIST_CHANGES).default([]),
})

/** Which column holds which address; at least one. */
export const MappingSchema = z
  .strictObject({
    userId: z.string().max(200).optional(),
    email: z.string().max(200).optional(),
    phone: z.string().max(200).optional(),
  })
  .refine((mapping) => Object.values(mapping).some((column) => column !== undefined), {
    message: 'Name the column of at least one of userId, email and phone',
  })
export type Mapping = z.infer<typeof MappingSchema>

export const StartImportSchema = z.strictObject({ mapping: MappingSchema })

const CustomerNameSchema = z.union([
  z.strictObject({ customerId: PublicIdSchema }),
  z.strictObject({ userId: UserIdSchema }),
])
export type CustomerName = z.infer<typeof CustomerNameSchema>

/** How somebody may be written to or called. */
export const CONSENT_CHANNELS = [
  'email',
  'sms',
  'whatsapp',
  'phone',
  'post',
  'push',
  'web',
] as const
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number]

export const CONSENT_SOURCES = ['api', 'import'] as const
export type ConsentSource = (typeof CONSENT_SOURCES)[number]

/** Names, addresses and whatever else a shop knows; null takes a trait back. */
const TraitsSchema = z
  .record(z.string().min(1).max(64), z.unknown())
  .refine((it) => Object.keys(it).length <= 200, 'Too many traits')

export const CustomerSchema = z.strictObject({ userId: UserIdSchema, traits: TraitsSchema })

export const CustomerChangeSchema = z.strictObject({
  traits: TraitsSchema.default({}),
  consents: z
    .array(
      z.strictObject({
        purpose: z.enum(PURPOSES),
        channel: z.enum(CONSENT_CHANNELS),
        isGranted: z.boolean(),
        /** When it was said, epoch ms; else now. */
        at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
        /** For people: the form, the shop's own record of it. */
        note: z.string().max(500).optional(),
      }),
    )
    .max(50)
    .default([]),
})
export type CustomerPatch = z.infer<typeof CustomerChangeSchema>

export interface ConsentRecord {
  readonly purpose: Purpose
  readonly channel: ConsentChannel
  readonly isGranted: boolean
  readonly at: number
  readonly source: ConsentSource
  readonly note?: string
}

export const MergeSchema = z.strictObject({ from: CustomerNameSchema, into: CustomerNameSchema })

/** What remains with a visitor where an identify is not believed, or names nobody. */
export interface VisitorNote {
  readonly userId?: string
  readonly traits: Readonly<Record<string, TraitValue>>
  readonly at: number
}

/** A contact list as it is shown. */
export interface ContactList {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  /** Addresses, whether somebody has them or not. */
  readonly memberCount: number
}

export interface ListMember {
  readonly kind: AddressKind
  readonly value: string
  /** Whoever has this address now; an e-mail address may be several people's. */
  readonly customerIds: readonly string[]
}

/** One reading of a CSV file into a list, as far as it has come. */
export interface ListImport {
  readonly id: string
  readonly listId: string
  readonly state: ImportState
  readonly columns: readonly string[]
  /** The first lines, for whoever chooses the mapping. */
  readonly sample: readonly (readonly string[])[]
  /** Guessed from the names of the columns until it is started. */
  readonly mapping: Mapping
  /** About how many lines there are. */
  readonly lines: number
  readonly doneLines: number
  readonly added: number
  readonly alreadyThere: number
  readonly faultCount: number
  /** The first hundred. */
  readonly faults: readonly { readonly line: number; readonly fault: LineFault }[]
}

export interface CustomerAnswer {
  readonly id: string
  readonly userId?: string
  readonly email?: string
  readonly phone?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly birthOn?: string
  readonly languages: readonly string[]
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, TraitValue>>
  readonly listIds: readonly string[]
  /** A server of the shop's has vouched for this customer. */
  readonly isVerified: boolean
  readonly createdAt: number
  /** What holds now, by purpose and channel. */
  readonly consents: readonly ConsentRecord[]
  readonly orders: readonly OrderAnswer[]
}

/** A customer in a list. */
export type CustomerItem = Omit<CustomerAnswer, 'listIds' | 'orders' | 'consents'>

export interface CustomerPage {
  readonly items: readonly CustomerItem[]
  readonly nextCursor: string | null
}

export interface OrderAnswer {
  readonly orderId: string
  readonly at: number
  readonly status: OrderStatus
  /** Minor units and ISO code. */
  readonly total?: { readonly amount: number; readonly currency: string }
  readonly isVerified: boolean
}
