import { sql as text } from 'drizzle-orm'
import { inGroups } from '../db/padded.ts'
import type { Transaction } from '../db/transaction.ts'
import { countsOf, namesOf, type SessionCounts, type SessionFact } from './session-facts.ts'
import { DIMENSIONS, GRAINS, type Dimension, type Grain } from './tables.ts'

export const GRAIN_MS: Readonly<Record<Grain, number>> = { quarter: 900_000, day: 86_400_000 }

interface Place {
  readonly grain: Grain
  readonly startAt: number
}

interface SessionSum extends Place, Counts<SessionCounts> {
  readonly dimension: Dimension
  readonly name: string
}

interface ProductSum extends Place {
  readonly productId: string
  viewed: number
  added: number
}

type Counts<Of> = { -readonly [Key in keyof Of]: Of[Key] }

/** What a step adds to sums, and takes from them, each sum once. */
export interface Sums {
  readonly addSession: (fact: SessionFact, times: 1 | -1) => void
  readonly addProduct: (what: {
    readonly at: number
    readonly productId: string
    readonly did: 'viewed' | 'added'
    readonly times: 1 | -1
  }) => void
  readonly write: (transaction: Pick<Transaction, 'sql' | 't'>, shopId: number) => Promise<void>
}

export function createSums(): Sums {
  const sessions = new Map<string, SessionSum>()
  const products = new Map<string, ProductSum>()
  return {
    addSession(fact, times) {
      const counts = countsOf(fact)
      const names = namesOf(fact)
      for (const place of placesOf(fact.beganAt)) {
        for (const dimension of DIMENSIONS) {
          const name = names[dimension]
          const key = `${dimension} ${place.grain} ${place.startAt} ${name}`
          const sum = sessions.get(key) ?? { ...place, dimension, name, ...NONE }
          sessions.set(key, sum)
          for (const figure of FIGURES) sum[figure] += counts[figure] * times
        }
      }
    },
    addProduct({ at, productId, did, times }) {
      for (const place of placesOf(at)) {
        const key = `${place.grain} ${place.startAt} ${productId}`
        const sum = products.get(key) ?? { ...place, productId, viewed: 0, added: 0 }
        products.set(key, sum)
        sum[did] += times
      }
    },
    async write(transaction, shopId) {
      const changed = [...sessions.values()].filter((sum) => FIGURES.some((key) => sum[key] !== 0))
      for (const group of inGroups(changed)) await addSessions(transaction, shopId, group)
      const seen = [...products.values()].filter(({ viewed, added }) => viewed !== 0 || added !== 0)
      for (const group of inGroups(seen)) await addProducts(transaction, shopId, group)
    },
  }
}

const NONE = { sessions: 0, product: 0, cart: 0, checkout: 0, toOrder: 0, ordered: 0 }
const FIGURES = ['sessions', 'product', 'cart', 'checkout', 'toOrder', 'ordered'] as const

function placesOf(at: number): Place[] {
  return GRAINS.map((grain) => ({ grain, startAt: at - (at % GRAIN_MS[grain]) }))
}

async function addSessions(
  { sql, t: { sessionSums: sums } }: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  rows: readonly SessionSum[],
): Promise<void> {
  await sql
    .insert(sums)
    .values(rows.map((row) => ({ ...row, shopId })))
    .onConflictDoUpdate({
      target: [sums.shopId, sums.dimension, sums.grain, sums.startAt, sums.name],
      set: {
        sessions: text`${sums.sessions} + excluded.sessions`,
        product: text`${sums.product} + excluded.product`,
        cart: text`${sums.cart} + excluded.cart`,
        checkout: text`${sums.checkout} + excluded.checkout`,
        toOrder: text`${sums.toOrder} + excluded.to_order`,
        ordered: text`${sums.ordered} + excluded.ordered`,
      },
    })
}

async function addProducts(
  { sql, t: { productSums: sums } }: Pick<Transaction, 'sql' | 't'>,
  shopId: number,
  rows: readonly ProductSum[],
): Promise<void> {
  await sql
    .insert(sums)
    .values(rows.map((row) => ({ ...row, shopId })))
    .onConflictDoUpdate({
      target: [sums.shopId, sums.grain, sums.startAt, sums.productId],
      set: {
        viewed: text`${sums.viewed} + excluded.viewed`,
        added: text`${sums.added} + excluded.added`,
      },
    })
}
