import { eq, sql as text } from 'drizzle-orm'
import type { Condition } from '#protocol/targeting.ts'
import { keptFor } from '../db/kept-query.ts'
import type { Transaction } from '../db/transaction.ts'
import type { FactKey } from '../events/service.ts'
import { compile, createCompiler, type CompiledCondition } from './compile.ts'
import { indexConditions, type ConditionIndex } from './condition-index.ts'

export interface CompiledAudience {
  readonly id: number
  readonly condition: CompiledCondition
}

/** A shop's audiences, ready to be asked. */
export interface Definitions {
  readonly epoch: number
  readonly timeZone: string
  /** Those that others ask for stand before them. */
  readonly audiences: readonly CompiledAudience[]
  readonly index: ConditionIndex<CompiledAudience>
  /** Those that ask for the customer's own data, or whose outcome may make one of these be asked. */
  readonly readsCustomer: ReadonlySet<CompiledAudience>
  /** The same of what the chat knows. */
  readonly readsChat: ReadonlySet<CompiledAudience>
  /** Of whose members webhooks are told. */
  readonly toldIds: ReadonlySet<number>
}

/** What reads definitions: a transaction, or the database outside of one. */
export type Handle = Pick<Transaction, 'sql' | 't'> & Partial<Pick<Transaction, 'holds'>>

/**
 * Gives definitions as the transaction sees them; compiles again only what has been changed since. Whoever writes
 * memberships by them holds them before (`holdAudiences`).
 */
export interface DefinitionCache {
  /** Undefined: there is no such shop. */
  readonly of: (handle: Handle, shopId: number) => Promise<Definitions | undefined>
}

export function createDefinitionCache(): DefinitionCache {
  const known = new Map<number, Definitions>()

  async function load({ sql, t }: Handle, shopId: number, epoch: number, timeZone: string) {
    const rows = await sql
      .select({
        id: t.audiences.id,
        condition: t.audiences.condition,
        isTold: t.audiences.isTold,
        archivedAt: t.audiences.archivedAt,
      })
      .from(t.audiences)
      .where(eq(t.audiences.shopId, shopId))
    // One compiler for all: what several ask is worked out once.
    const compileNext = createCompiler()
    const compiled = rows.map(({ id, condition }) => ({ id, condition: compileNext(condition) }))
    const audiences = inOrder(compiled)
    const index = indexConditions(
      audiences.map((audience) => [audience, audience.condition] as const),
    )
    const toldIds = new Set(
      rows.filter(({ isTold, archivedAt }) => isTold && archivedAt === null).map(({ id }) => id),
    )
    const readsCustomer = thoseReading('customer', audiences, index)
    const readsChat = thoseReading('chat', audiences, index)
    return { epoch, timeZone, audiences, index, readsCustomer, readsChat, toldIds }
  }

  return {
    async of(handle, shopId) {
      const [shop] = await shopQuery(handle).execute({ shopId })
      if (shop === undefined) return undefined
      const { epoch, timeZone } = shop
      const before = known.get(shopId)
      if (before?.epoch === epoch && before.timeZone === timeZone) return before
      const definitions = await load(handle, shopId, epoch, timeZone)
      known.set(shopId, definitions)
      return definitions
    },
  }
}

/** Every commit asks it. */
const shopQuery = keptFor(({ sql, t }: Handle) =>
  sql
    .select({ epoch: t.shops.targetingEpoch, timeZone: t.shops.timeZone })
    .from(t.shops)
    .where(eq(t.shops.id, text.placeholder('shopId')))
    .prepare('targeting_shop'),
)

function thoseReading(
  key: FactKey,
  audiences: readonly CompiledAudience[],
  index: ConditionIndex<CompiledAudience>,
): ReadonlySet<CompiledAudience> {
  const found = new Set<CompiledAudience>()
  for (const audience of audiences.toReversed()) {
    const { id, condition } = audience
    const askers = [...index.readersOf([`audience:${id}`])]
    if (condition.reads.has(key) || askers.some((it) => found.has(it))) found.add(audience)
  }
  return found
}

/** Each after those that it asks for. There are no circles: saving refuses them. */
function inOrder<Audience extends CompiledAudience>(
  audiences: readonly Audience[],
): readonly Audience[] {
  const byId = new Map(audiences.map((audience) => [String(audience.id), audience]))
  const placed = new Set<Audience>()
  const place = (audience: Audience, path: ReadonlySet<Audience>) => {
    if (placed.has(audience) || path.has(audience)) return
    for (const asked of askedFor(audience.condition)) {
      const other = byId.get(asked)
      if (other !== undefined) place(other, new Set([...path, audience]))
    }
    placed.add(audience)
  }
  for (const audience of audiences) place(audience, new Set())
  return [...placed]
}

/** Ids of the audiences that a condition asks for. */
export function askedFor({ reads }: Pick<CompiledCondition, 'reads'>): string[] {
  return [...reads].flatMap((key) => (key.startsWith('audience:') ? [key.slice(9)] : []))
}

/** Whether a condition, saved under `id`, would ask for itself by way of others. */
export function asksForItself(
  id: string,
  condition: Condition,
  others: readonly { readonly id: number; readonly condition: Condition }[],
): boolean {
  const asks = new Map(
    others.map((other) => [String(other.id), askedFor(compile(other.condition))]),
  )
  asks.set(id, askedFor(compile(condition)))
  const seen = new Set<string>()
  const next = [...(asks.get(id) ?? [])]
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === id) return true
    if (seen.has(at)) continue
    seen.add(at)
    next.push(...(asks.get(at) ?? []))
  }
  return false
}
