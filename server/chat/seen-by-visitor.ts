import { and, eq, gt, inArray, notExists, or, sql as expression } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Handle } from './log-store.ts'

/** The visitor of events, and the token that proves it. */
export interface VisitorProof {
  readonly publicId: Buffer
  readonly tokenHash: Buffer
}

export interface VisitorSeer {
  /** Of the chat's token; undefined: this browser has begun no chat. */
  readonly tokenHash: Buffer | undefined
  readonly visitor: VisitorProof | undefined
  readonly now: number
  /** Who was mailed a code may read: anybody can type an address, and would read what its owner then writes. */
  readonly reach: 'read' | 'write'
}

/**
 * What a visitor may know of: what their token opens; what they said as the customer that they have proven to be, in
 * whatever browser; and, to read, what was begun with an address of which they have shown the code.
 */
export function seenByVisitor(
  handle: Handle,
  shopId: number,
  { tokenHash, visitor, now, reach }: VisitorSeer,
) {
  const isOpened = tokenHash && openedBy(handle, shopId, tokenHash)
  const isTheirs = visitor && isOfCustomer(handle, shopId, provenCustomers(handle, shopId, visitor))
  const isMailed =
    reach === 'read' && tokenHash ? hasProvenAddress(handle, shopId, tokenHash, now) : undefined
  // Nothing shown: nothing seen. A condition that is left out would be true of all.
  return or(isOpened, isTheirs, isMailed) ?? expression`1 = 0`
}

function openedBy({ sql, t }: Handle, shopId: number, tokenHash: Buffer) {
  const { conversations, conversationTokens: tokens } = t
  const held = sql
    .select({ id: tokens.conversationId })
    .from(tokens)
    .where(and(eq(tokens.shopId, shopId), eq(tokens.tokenHash, tokenHash)))
  return inArray(conversations.id, held)
}

type CustomerIds = ReturnType<typeof provenCustomers>

/** Of these customers, and of visitors who have proven to be one of them: before they did, too. */
export function isOfCustomer({ sql, t }: Handle, shopId: number, customerIds: CustomerIds) {
  const { conversations, visitors } = t
  const theirs = sql
    .select({ id: visitors.id })
    .from(visitors)
    .where(
      and(
        eq(visitors.shopId, shopId),
        eq(visitors.isCustomerProven, true),
        inArray(visitors.customerId, customerIds),
      ),
    )
  return or(
    inArray(conversations.customerId, customerIds),
    inArray(conversations.visitorId, theirs),
  )
}

/** The rows of the customer that a visitor has proven to be: itself, and those that have become it. */
export function provenCustomers(handle: Handle, shopId: number, visitor: VisitorProof) {
  const { sql, t } = handle
  const { customers } = t
  const itself = provenCustomer(handle, shopId, visitor)
  return sql
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shopId),
        or(inArray(customers.id, itself), inArray(customers.mergedInto, itself)),
      ),
    )
}

/**
 * The customer that a visitor has proven to be. From the moment somebody signs in, the token from before opens nothing
 * of theirs: whoever had put it into the browser would come in with them.
 */
export function provenCustomer(
  { sql, t }: Handle,
  shopId: number,
  { publicId, tokenHash }: VisitorProof,
) {
  const { visitors, visitorTokens: tokens, customers } = t
  const asked = alias(visitors, 'asked_visitor')
  return sql
    .select({ id: expression<number>`coalesce(${customers.mergedInto}, ${customers.id})`.as('id') })
    .from(asked)
    .innerJoin(
      tokens,
      and(
        eq(tokens.shopId, shopId),
        eq(tokens.visitorId, asked.id),
        eq(tokens.tokenHash, tokenHash),
      ),
    )
    .innerJoin(
      visitors,
      and(
        eq(visitors.shopId, shopId),
        expression`${visitors.id} = coalesce(${asked.joinedTo}, ${asked.id})`,
        eq(visitors.isCustomerProven, true),
      ),
    )
    .innerJoin(customers, and(eq(customers.shopId, shopId), eq(customers.id, visitors.customerId)))
    .where(
      and(
        eq(asked.shopId, shopId),
        eq(asked.publicId, publicId),
        isNewestToken({ sql, t }, shopId),
      ),
    )
}

/** Of the row of tokens around it: its visitor has been given none since. */
export function isNewestToken({ sql, t: { visitorTokens: tokens } }: Handle, shopId: number) {
  const newer = alias(tokens, 'newer_token')
  const newerOnes = sql
    .select({ state: newer.state })
    .from(newer)
    .where(
      and(eq(newer.shopId, shopId), eq(newer.visitorId, tokens.visitorId), eq(newer.state, 'next')),
    )
  return or(eq(tokens.state, 'next'), and(eq(tokens.state, 'active'), notExists(newerOnes)))
}

function hasProvenAddress({ sql, t }: Handle, shopId: number, tokenHash: Buffer, now: number) {
  const { conversations, chatProvenAddresses: proven } = t
  const addresses = sql
    .select({ email: proven.email })
    .from(proven)
    .where(
      and(eq(proven.shopId, shopId), eq(proven.tokenHash, tokenHash), gt(proven.expiresAt, now)),
    )
  return inArray(conversations.email, addresses)
}
