import type { ProductActivity } from '#protocol/lists.ts'
import { Refusal } from '../core/errors.ts'
import type { ProductRow } from './product-content.ts'

/** What a product is asked for that no index answers. */
export interface ProductFilter {
  /** Minor units of `currency`, at least and at most. */
  readonly least?: number | undefined
  readonly most?: number | undefined
  readonly currency?: string | undefined
  readonly activity?: ProductActivity | undefined
  /** In how many days until now. */
  readonly days?: number | undefined
}

/** The ids of products that somebody viewed or bought in the last days. Of a slice behind this one, which counts them. */
export type ActiveProducts = (
  shopId: number,
  what: 'viewed' | 'bought',
  days: number,
) => Promise<ReadonlySet<string>>

const USUAL_DAYS = 28

type Wanted = (row: Pick<ProductRow, 'productId' | 'price' | 'currency'>) => boolean

/** Undefined: all are wanted. */
export async function filterOf(
  activeProducts: ActiveProducts,
  shopId: number,
  { least, most, currency, activity, days = USUAL_DAYS }: ProductFilter,
): Promise<Wanted | undefined> {
  if ((least !== undefined || most !== undefined) && currency === undefined) {
    throw new Refusal('bad_request', 'currency: say which one least and most are in')
  }
  if (currency === undefined && activity === undefined) return undefined
  const isActive =
    activity === undefined
      ? undefined
      : await activityOf((what) => activeProducts(shopId, what, days), activity)
  return (row) =>
    (currency === undefined || row.currency === currency) &&
    (least === undefined || (row.price !== null && row.price >= least)) &&
    (most === undefined || (row.price !== null && row.price <= most)) &&
    (isActive?.(row.productId) ?? true)
}

async function activityOf(
  idsOf: (what: 'viewed' | 'bought') => Promise<ReadonlySet<string>>,
  activity: ProductActivity,
): Promise<(productId: string) => boolean> {
  if (activity === 'only_viewed') {
    const [viewed, bought] = [await idsOf('viewed'), await idsOf('bought')]
    return (id) => viewed.has(id) && !bought.has(id)
  }
  const isBought = activity === 'bought' || activity === 'not_bought'
  const ids = await idsOf(isBought ? 'bought' : 'viewed')
  const isWanted = activity === 'bought' || activity === 'viewed'
  return (id) => ids.has(id) === isWanted
}
