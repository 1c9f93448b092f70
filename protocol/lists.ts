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

export const PRODUCT_STATES = ['active', 'hidden'] as const
export type ProductState = (typeof PRODUCT_STATES)[number]

export const STOCK_FILTERS = ['in', 'out', 'unknown'] as const

/** What can be defined: an event by its name, an attribute of customers. */
export const DEFINED_KINDS = ['event', 'attribute'] as const
/** What an attribute holds. */
export const DEFINED_TYPES = ['text', 'number', 'boolean', 'date', 'list'] as const
