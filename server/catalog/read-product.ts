import {
  PRODUCT_LIMITS,
  ProductIdSchema,
  ProductSchema,
  type ProductDraft,
  type ProductState,
} from '#protocol/catalog.ts'
import type { Money } from '../core/money.ts'
import { Refusal } from '../core/errors.ts'
import { attributeIn, CellFault, type Cells } from './imports/cells.ts'
import { contentOf, draftOf, type ProductContent } from './product-content.ts'

/** What a record tells of a product; a field that is null was taken back. */
export type ProductPatch = {
  readonly [Field in keyof ProductDraft]?: ProductDraft[Field] | null
}

export interface ReadProduct {
  readonly productId: string
  readonly patch: ProductPatch
}

const PATH = /\s*[>|]\s*/
const LIST = /[,;|]/
const ADDRESSES = /[,;|\s]+(?=https?:|\/)/i
const HIDDEN = new Set('hidden draft archived inactive false no 0 oculto borrador'.split(' '))
const ACTIVE = new Set('active visible published true yes sí si 1 activo public'.split(' '))
const OUT = new Set(['out of stock', 'out_of_stock', 'outofstock', 'sold out', 'agotado'])
const IN = new Set([
  'in stock',
  'in_stock',
  'instock',
  'available',
  'preorder',
  'pre-order',
  'backorder',
  'available for order',
  'disponible',
])

/** Reads a record of a file or a feed. Throws a `CellFault` where it is none. */
export function readProduct(
  cells: Cells,
  values: ReadonlyMap<string, unknown>,
  shopCurrency: string,
): ReadProduct {
  const id = ProductIdSchema.safeParse(cells.text('id') ?? cells.text('sku') ?? '')
  if (!id.success) throw new CellFault('no_id', 'Neither id nor SKU, or over 200 characters')
  return {
    productId: id.data,
    patch: { ...plainFields(cells), ...prices(cells, shopCurrency), ...objects(cells, values) },
  }
}

/** The product that a patch makes of what was known. Throws a `CellFault` where that is none. */
export function patchedContent(
  known: ProductContent | undefined,
  patch: ProductPatch,
): ProductContent {
  const before = known === undefined ? {} : draftOf(known)
  const told = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null)
  const parsed = ProductSchema.safeParse(Object.fromEntries(told))
  if (!parsed.success) {
    const { path = [], message = '' } = parsed.error.issues[0] ?? {}
    const fault = path[0] === 'name' ? 'no_name' : 'bad_value'
    throw new CellFault(fault, [path.map(String).join('.'), message].filter(Boolean).join(': '))
  }
  try {
    return contentOf(parsed.data)
  } catch (error) {
    if (error instanceof Refusal) throw new CellFault('bad_price', error.message)
    throw error
  }
}

function plainFields(cells: Cells): ProductPatch {
  const images = [cells.list('imageUrl', ADDRESSES), cells.list('moreImageUrls', ADDRESSES)]
  const imageUrls = images.flatMap((it) => it ?? []).slice(0, PRODUCT_LIMITS.images)
  const categories = cells.list('category', PATH)
  const tags = cells.list('tags', LIST)
  const state = cells.text('state')
  return {
    ...told('sku', cells.text('sku')),
    ...told('name', cells.text('name')),
    ...told('description', cells.text('description')),
    ...told('url', cells.text('url')),
    ...(images.some((it) => it !== undefined) && { imageUrls }),
    ...told('categories', categories ? [...categories] : categories),
    ...told('brand', cells.text('brand')),
    ...told('tags', tags ? [...tags] : tags),
    ...told('stock', stockOf(cells)),
    ...told('state', typeof state === 'string' ? stateOf(state) : state),
  }
}

function told<Field extends keyof ProductDraft>(
  field: Field,
  value: ProductDraft[Field] | null | undefined,
): ProductPatch {
  return value === undefined ? {} : { [field]: value }
}

/** Where there is a sale, what it costs otherwise is what it is compared with. */
function prices(cells: Cells, shopCurrency: string): ProductPatch {
  const currency = cells.text('currency')?.toUpperCase() ?? shopCurrency
  const [price, sale, compareAt] = ['price', 'salePrice', 'compareAtPrice'].map((field) =>
    cells.money(field, currency),
  )
  const lower: Money | null | undefined = sale ?? price
  const higher = sale !== undefined && sale !== null ? (price ?? compareAt) : compareAt
  return { ...told('price', lower), ...told('compareAtPrice', higher) }
}

function objects(cells: Cells, values: ReadonlyMap<string, unknown>): ProductPatch {
  const { attributes: columns, decimal } = cells.mapping
  const whole = cells.of('attributes')
  const own = columns.map(({ name, column, type }) => [
    name,
    attributeIn(values.get(column), { name, type, decimal }),
  ])
  const attributes = {
    ...(typeof whole === 'object' ? whole : {}),
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
  }
  const [variants, translations] = [cells.of('variants'), cells.of('translations')]
  // Whatever they are: the whole product is parsed once it has been put together.
  return {
    ...((whole !== undefined || columns.length > 0) && { attributes }),
    ...(variants !== undefined && { variants }),
    ...(translations !== undefined && { translations }),
  } as ProductPatch
}

function stockOf(cells: Cells): number | null | undefined {
  const said = cells.of('stock')
  if (typeof said !== 'string') return whole(cells.number('stock'))
  const word = said.trim().toLowerCase()
  if (OUT.has(word)) return 0
  return IN.has(word) ? null : whole(cells.number('stock'))
}

/** Some shops count what is owed as less than nothing, and weigh what they have. */
function whole(stock: number | null | undefined): number | null | undefined {
  return typeof stock === 'number' ? Math.max(0, Math.floor(stock)) : stock
}

function stateOf(said: string): ProductState {
  const word = said.toLowerCase()
  if (HIDDEN.has(word)) return 'hidden'
  if (ACTIVE.has(word)) return 'active'
  throw new CellFault('bad_state', `state: "${said}" is neither active nor hidden`)
}
