import type { ProductAnswer } from '#protocol/catalog.ts'
import type { WholeOrder } from '#protocol/orders.ts'
import type { PersonItem } from '#protocol/people.ts'
import { csvLine, type Cell } from '../core/csv-lines.ts'
import { majorOf } from '../core/money.ts'

interface Listed<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** A list as CSV, page by page while it is taken: a heading, then a line an item. */
export async function* csvOf<Item>(
  columns: readonly (readonly [title: string, cell: (item: Item) => Cell])[],
  read: (cursor: string | undefined) => Promise<Listed<Item>>,
): AsyncGenerator<string> {
  // Spreadsheets take a file without this mark for their own country's letters.
  yield `\uFEFF${csvLine(columns.map(([title]) => title))}`
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await read(cursor)
    yield items.map((item) => csvLine(columns.map(([, cell]) => cell(item)))).join('')
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}

type Columns<Item> = readonly (readonly [title: string, cell: (item: Item) => Cell])[]

export const PERSON_COLUMNS: Columns<PersonItem> = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['email', ({ email }) => email],
  ['customer_id', ({ customerId }) => customerId],
  ['first_seen_at', ({ firstSeenAt }) => iso(firstSeenAt)],
  ['last_seen_at', ({ lastSeenAt }) => iso(lastSeenAt)],
  ['visits', ({ visits }) => visits],
  ['orders', ({ orders }) => orders],
  ['spent', ({ spent }) => amounts(spent)],
  ['cart_quantity', ({ cart }) => cart?.quantity ?? 0],
  ['country', ({ country }) => country],
  ['city', ({ city }) => city],
  ['device', ({ device }) => device],
  ['source', ({ source }) => source?.source],
  ['medium', ({ source }) => source?.medium],
]

export const ORDER_COLUMNS: Columns<WholeOrder> = [
  ['order_id', ({ orderId }) => orderId],
  ['at', ({ at }) => iso(at)],
  ['status', ({ status }) => status],
  ['customer_id', ({ customerId }) => customerId],
  ['customer_name', ({ customerName }) => customerName],
  ['total', ({ total }) => total && majorOf(total)],
  ['currency', ({ total }) => total?.currency],
  ['items', ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0)],
  [
    'products',
    ({ lines }) => lines.map(({ productId, quantity }) => `${quantity} × ${productId}`).join('; '),
  ],
  ['source', ({ source }) => source],
  ['verified', ({ isVerified }) => isVerified],
]

export const PRODUCT_COLUMNS: Columns<ProductAnswer> = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['sku', ({ sku }) => sku],
  ['brand', ({ brand }) => brand],
  ['categories', ({ categories }) => categories.join('; ')],
  ['tags', ({ tags }) => tags.join('; ')],
  ['state', ({ state }) => state],
  ['price', ({ price }) => price && majorOf(price)],
  ['currency', ({ price }) => price?.currency],
  ['stock', ({ stock }) => stock],
  ['url', ({ url }) => url],
  ['source', ({ source }) => source],
  ['updated_at', ({ updatedAt }) => iso(updatedAt)],
]

function iso(at: number): string {
  return new Date(at).toISOString()
}

function amounts(spent: Readonly<Record<string, number>>): string {
  return Object.entries(spent)
    .map(([currency, amount]) => `${majorOf({ amount, currency }) ?? amount} ${currency}`)
    .join('; ')
}
