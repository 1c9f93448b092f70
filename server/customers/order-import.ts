import { ORDER_STATUSES, type OrderStatus } from '#protocol/customers.ts'
import { OrderIdSchema, OrderSchema, type OrderDraft } from '#protocol/orders.ts'
import {
  CellFault,
  cellsOf,
  type ImportBatch,
  type ImportKind,
  type RecordOutcome,
  type SourceRecord,
} from '../catalog/service.ts'
import { Refusal } from '../core/errors.ts'
import type { Orders } from './orders.ts'

const FIELDS = [
  {
    name: 'orderId',
    spelling: /^((order|pedido|bestell)[\s_-]*(id|number|nummer|nr|no)?|name|id)$/i,
  },
  { name: 'userId', spelling: /^((customer|user|kunden?|cliente?)[\s_-]*(id|nummer|nr)?)$/i },
  {
    name: 'at',
    spelling: /^(created([\s_-]*at)?|date|order[\s_-]*date|placed[\s_-]*at|fecha|datum)$/i,
  },
  { name: 'total', spelling: /^(order[\s_-]*total|amount|grand[\s_-]*total|summe|importe)$/i },
  { name: 'currency', spelling: /^(currency[\s_-]*code|moneda|währung)$/i },
  { name: 'status', spelling: /^(state|order[\s_-]*status|estado)$/i },
  // Of files with an object of JSON a line.
  { name: 'lines', spelling: /^(lines|line[\s_-]*items)$/i },
]

/** Orders from a file, each of which counts as if the shop's server had told it. Told again, nothing is counted twice. */
export function createOrderImport(orders: Pick<Orders, 'putOrder'>): ImportKind {
  return {
    kind: 'orders',
    fields: FIELDS,
    names: ['orderId'],
    hasAttributes: false,
    // Together, so that they are one commit; of one order the first stands.
    writeAhead: (shopId, batch) =>
      Promise.all(batch.records.map((record) => writeRecord(orders, shopId, record, batch))),
  }
}

async function writeRecord(
  orders: Pick<Orders, 'putOrder'>,
  shopId: number,
  record: SourceRecord,
  batch: Pick<ImportBatch, 'mapping' | 'currency'>,
): Promise<RecordOutcome> {
  try {
    const { orderId, draft } = readOrder(record, batch)
    return { outcome: (await orders.putOrder(shopId, orderId, draft, 'import')).result }
  } catch (error) {
    if (error instanceof CellFault) return { fault: error.fault, detail: error.message }
    // What is wrong with the line; that the database does not answer is not.
    if (error instanceof Refusal && error.code !== 'unavailable') {
      return {
        fault: error.code === 'conflict' ? 'other_total' : 'bad_value',
        detail: error.message,
      }
    }
    throw error
  }
}

function readOrder(
  { values }: SourceRecord,
  { mapping, currency: shopCurrency }: Pick<ImportBatch, 'mapping' | 'currency'>,
): { readonly orderId: string; readonly draft: OrderDraft } {
  if (values === undefined) throw new CellFault('bad_line', 'The line could not be read')
  const cells = cellsOf(values, mapping)
  const orderId = OrderIdSchema.safeParse(cells.text('orderId') ?? '')
  if (!orderId.success) throw new CellFault('no_id', 'orderId: none, or over 200 characters')
  const currency = cells.text('currency')?.toUpperCase() ?? shopCurrency
  const [userId, status, lines] = [cells.text('userId'), cells.text('status'), cells.of('lines')]
  const draft = OrderSchema.safeParse({
    at: cells.time('at'),
    total: cells.money('total', currency),
    ...(userId && { userId }),
    ...(status && { status: statusOf(status) }),
    ...(lines !== undefined && lines !== null && { lines }),
  })
  if (draft.success) return { orderId: orderId.data, draft: draft.data }
  const { path = [], message = '' } = draft.error.issues[0] ?? {}
  throw new CellFault('bad_value', `${path.map(String).join('.')}: ${message}`)
}

const WORDS: Readonly<Record<string, OrderStatus>> = {
  pending: 'new',
  open: 'new',
  authorized: 'new',
  fulfilled: 'shipped',
  delivered: 'completed',
  complete: 'completed',
  closed: 'completed',
  canceled: 'cancelled',
  refunded: 'returned',
}

function statusOf(said: string): OrderStatus {
  const word = said.trim().toLowerCase()
  const known = ORDER_STATUSES.find((status) => status === word) ?? WORDS[word]
  if (known !== undefined) return known
  throw new CellFault(
    'bad_status',
    `status: "${said.slice(0, 80)}" is none of ${ORDER_STATUSES.join(', ')}`,
  )
}
