import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { IdentityRule, TraitValue } from '#protocol/customers.ts'
import { identifyCustomer } from '../customers/service.ts'
import type { KeepAttributes } from './bot-answers.ts'
import type { Handle } from './log-store.ts'

interface KeepAttributesDeps {
  /** Something was told of a customer. */
  readonly whenTold: (handle: Handle, shopId: number, customerId: number) => Promise<void>
}

/**
 * What a visitor answers a bot is told of them as an unsigned identify would: of a customer where the shop believes that,
 * otherwise it stays a note on the visitor. It holds no address, so that it never makes a customer of anybody.
 */
export function createKeepAttributes({ whenTold }: KeepAttributesDeps): KeepAttributes {
  return async (handle, { shopId, visitorId, attributes, at }) => {
    const visitor = await findVisitor(handle, shopId, visitorId)
    if (visitor === undefined) return
    const said = {
      userId: null,
      traits: attributes,
      isProven: visitor.isCustomerProven,
      rule: await ruleOf(handle, shopId),
      at,
      eventId: randomBytes(16),
      visitor,
    }
    const identified = await identifyCustomer(handle, shopId, said)
    if (identified.kind === 'customer') await whenTold(handle, shopId, identified.customerId)
    if (identified.kind !== 'note') return
    const { visitors } = handle.t
    const traits = joined(visitor.note?.traits ?? {}, attributes)
    await handle.sql
      .update(visitors)
      .set({ note: { ...visitor.note, traits, at } })
      .where(and(eq(visitors.shopId, shopId), eq(visitors.id, visitor.id)))
  }
}

/** In the transaction itself: the shop's settings as they are remembered elsewhere are read outside of it. */
async function ruleOf(
  { sql, t: { identitySettings } }: Handle,
  shopId: number,
): Promise<IdentityRule> {
  const [found] = await sql
    .select({ rule: identitySettings.rule })
    .from(identitySettings)
    .where(eq(identitySettings.shopId, shopId))
  return found?.rule ?? 'open'
}

/** The visitor, or the one that it has been joined to. */
async function findVisitor({ sql, t: { visitors } }: Handle, shopId: number, id: number) {
  const rowOf = async (row: number) => {
    const { customerId, joinedTo, note, isCustomerProven } = visitors
    const [found] = await sql
      .select({ id: visitors.id, customerId, joinedTo, note, isCustomerProven })
      .from(visitors)
      .where(and(eq(visitors.shopId, shopId), eq(visitors.id, row)))
    return found
  }
  const found = await rowOf(id)
  return found?.joinedTo == null ? found : rowOf(found.joinedTo)
}

/** Null: it was taken back. */
function joined(
  known: Readonly<Record<string, TraitValue>>,
  told: Readonly<Record<string, string | null>>,
): Record<string, TraitValue> {
  const all = { ...known, ...told }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, TraitValue] => entry[1] !== null),
  )
}
