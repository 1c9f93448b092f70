import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../core/clock.ts'
import { createBreather } from '../../db/breather.ts'
import type { Database } from '../../db/database.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { ProductState } from '#protocol/catalog.ts'
import { keepBefore } from '../kept-before.ts'
import { contentOf, draftOf } from '../product-content.ts'
import type { SearchIndex } from '../search-index.ts'
import { writeProducts, type ToldProduct } from '../write-products.ts'
import { listMissing, setHidden, type FeedRow } from './feed-store.ts'

const AT_ONCE = 100

interface HideDeps {
  readonly db: Database
  readonly index: SearchIndex
  readonly now: Clock
  readonly signal: AbortSignal
}

/** Hides what a feed told of before and its import `importId` does not; undoing that import shows it again. */
export async function hideMissing(
  { db, index, now, signal }: HideDeps,
  { id: feedId, shopId }: Pick<FeedRow, 'id' | 'shopId'>,
  importId: number,
): Promise<number> {
  let hidden = 0
  for (let after = ''; ;) {
    signal.throwIfAborted()
    const page = { feedId, importId, after, limit: AT_ONCE }
    const some = await listMissing(db, shopId, page)
    const last = some.at(-1)
    if (last === undefined) return hidden
    after = last
    hidden += await db.transaction((sql) => {
      const breather = createBreather(() => performance.now())
      breather.begin()
      const transaction = { sql, t: db.t, holds: db.raw.dialect === 'postgres' }
      const between = () => breather.breathe()
      const told = {
        feedId,
        importId,
        at: now(),
        between,
        state: 'hidden',
        productIds: some,
      } as const
      return setStates(index, transaction, shopId, told)
    })
    await nextTurn()
  }
}

export interface StateChange {
  readonly feedId: number
  readonly importId: number
  readonly productIds: readonly string[]
  readonly state: ProductState
  readonly at: number
  readonly between: () => Promise<void> | undefined
}

/** Of products that imports wrote: what the shop's own server has changed since is not the feed's any more. */
export async function setStates(
  index: SearchIndex,
  transaction: Transaction,
  shopId: number,
  { feedId, importId, productIds, state, at, between }: StateChange,
): Promise<number> {
  const told = productIds.map((productId): ToldProduct => ({
    productId,
    content: (known) =>
      known?.source === 'import' ? contentOf({ ...draftOf(known), state }) : undefined,
  }))
  const telling = { source: 'import', importId, at, between } as const
  const written = await writeProducts(index, transaction, shopId, { told, telling })
  await keepBefore(transaction, shopId, importId, written)
  const changed = written.filter(({ outcome }) => outcome === 'changed')
  for (const { productId } of changed) {
    await setHidden(transaction, shopId, { feedId, productId, isHidden: state === 'hidden' })
  }
  return changed.length
}
