/** Words by which lists are ordered and narrowed. No imports: the console downloads them, and nothing of zod. */

/** `active`: who was seen last comes first; `newest`, `oldest`: by when they came. */
export const PEOPLE_ORDERS = ['active', 'newest', 'oldest'] as const
export type PeopleOrder = (typeof PEOPLE_ORDERS)[number]

/** Orders by when they were placed, products by when they came. */
export const TIME_ORDERS = ['newest', 'oldest'] as const
export type TimeOrder = (typeof TIME_ORDERS)[number]

export const ORDER_STATUSES = [
  'new',
  'paid',
  'shipped',
  'completed',
  'cancelled',
  'returned',
] as const
/** In the order in which they replace one another. */
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** Who told of an order: a visitor's page, the shop's server by its API, or a file. */
export const ORDER_SOURCES = ['event', 'api', 'import'] as const
export type OrderSource = (typeof ORDER_SOURCES)[number]

export const PRODUCT_STATES = ['active', 'hidden'] as const
export type ProductState = (typeof PRODUCT_STATES)[number]

export const STOCK_FILTERS = ['in', 'out', 'unknown'] as const

/** What became of a product in some days; `only_viewed`: somebody looked at it, and nobody bought it. */
export const PRODUCT_ACTIVITIES = [
  'bought',
  'not_bought',
  'viewed',
  'not_viewed',
  'only_viewed',
] as const
export type ProductActivity = (typeof PRODUCT_ACTIVITIES)[number]

/** What can be defined: an event by its name, an attribute of customers. */
export const DEFINED_KINDS = ['event', 'attribute'] as const
/** What an attribute holds. */
export const DEFINED_TYPES = ['text', 'number', 'boolean', 'date', 'list'] as const
