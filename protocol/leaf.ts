import { z } from 'zod'
import {
  CountComparisonSchema,
  NumberComparisonSchema,
  TextComparisonSchema,
  TimeComparisonSchema,
  ValueComparisonSchema,
  UNIT_MS,
  WindowSchema,
} from './comparison.ts'
import { MAX_ID_CHARS, MAX_NAME_CHARS, PAGE_TYPES, PURPOSES } from './names.ts'

export const LEAF_LIMITS = { filters: 10, windowDays: 90 } as const

/** This visit, or everything known across visits. */
export const SCOPES = ['session', 'profile'] as const
export type Scope = (typeof SCOPES)[number]

/** What a visitor did with a product. */
export const INTERACTIONS = ['viewed', 'added', 'removed', 'favourited', 'bought'] as const
export type Interaction = (typeof INTERACTIONS)[number]

/** As conversations are qualified, where somebody has said so. */
export const KNOWN_LEADS = ['open', 'qualified', 'unqualified', 'won', 'lost'] as const
export const KNOWN_POTENTIALS = ['low', 'medium', 'high'] as const

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const scope = z.enum(SCOPES)
/** Whose clock a wall time is read from. */
const zone = z.enum(['shop', 'visitor'])
/** Days are kept for so long; of orders the newest are kept however old. */
const within = WindowSchema.refine(
  ({ last, unit }) => last * UNIT_MS[unit] <= LEAF_LIMITS.windowDays * UNIT_MS.days,
  `At most ${LEAF_LIMITS.windowDays} days`,
).optional()
const ofOrders = WindowSchema.optional()
const count = CountComparisonSchema
const Id = z.string().min(1).max(MAX_ID_CHARS)
const Name = z.string().min(1).max(MAX_NAME_CHARS)
const currency = z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code')
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, 09:30')
const WallDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'A date and time, 2026-11-27T09:30')
  .refine((text) => isWallDate(text), 'A day of the calendar')

/** All filters hold of one product. `category` holds if it holds of any category the product is in. */
const itemFilter = z.discriminatedUnion('field', [
  z.strictObject({
    field: z.enum(['id', 'name', 'category', 'brand']),
    test: TextComparisonSchema,
  }),
  /** Minor units; a price in another currency is missing. */
  z.strictObject({ field: z.literal('price'), currency, test: NumberComparisonSchema }),
  z.strictObject({ field: z.literal('attribute'), name: Name, test: ValueComparisonSchema }),
])
const where = z.array(itemFilter).max(LEAF_LIMITS.filters)
export type ItemFilter = z.infer<typeof itemFilter>

const propertyFilter = z.strictObject({ property: Name, test: ValueComparisonSchema })
export type PropertyFilter = z.infer<typeof propertyFilter>

/** Which property of products an affinity is for. */
const itemProperty = z.discriminatedUnion('field', [
  z.strictObject({ field: z.enum(['category', 'brand']) }),
  z.strictObject({ field: z.literal('attribute'), name: Name }),
])
export type ItemProperty = z.infer<typeof itemProperty>

/** Among the first so many by weight, or by its share of all weights in percent. */
const affinityTest = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('top'), places: z.int().min(1).max(20) }),
  z.strictObject({ op: z.literal('share'), percent: z.number().min(0).max(100) }),
])

const visitLeaves = [
  z.strictObject({
    kind: z.literal('pageSeen'),
    scope,
    /** Without it any page. */
    path: TextComparisonSchema.optional(),
    types: z.array(z.enum(PAGE_TYPES)).min(1).optional(),
    within,
    count,
  }),
  /** The page the visitor is on; `path` with the query, without the fragment. */
  z.strictObject({
    kind: z.literal('page'),
    field: z.enum(['url', 'path', 'host', 'referrer', 'title', 'type']),
    test: TextComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('source'),
    /** Of this session, the first ever, or the last that was not direct. */
    touch: z.enum(['session', 'first', 'last']),
    field: z.enum([
      'source',
      'medium',
      'campaign',
      'term',
      'content',
      'clickId',
      'referrer',
      'landing',
    ]),
    test: TextComparisonSchema,
  }),
  z.strictObject({ kind: z.literal('visits'), within, count }),
  z.strictObject({ kind: z.literal('visitor'), is: z.enum(['new', 'returning']) }),
  z.strictObject({ kind: z.literal('timeOnSite'), scope, seconds: count }),
] as const

const purchaseLeaves = [
  z.strictObject({ kind: z.literal('orders'), within: ofOrders, count }),
  /** Minor units of all orders in that currency together. */
  z.strictObject({ kind: z.literal('spent'), currency, within: ofOrders, amount: count }),
  /** Minor units; missing where there is no such order. */
  z.strictObject({
    kind: z.literal('averageOrder'),
    currency,
    within: ofOrders,
    amount: NumberComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('ordered'),
    which: z.enum(['first', 'last']),
    test: TimeComparisonSchema,
  }),
  z.strictObject({ kind: z.literal('cartValue'), currency, amount: NumberComparisonSchema }),
  z.strictObject({ kind: z.literal('cartQuantity'), count }),
  /** How many pieces of matching products are in the cart. */
  z.strictObject({ kind: z.literal('cartItem'), where, count }),
] as const

const behaviourLeaves = [
  z.strictObject({
    kind: z.literal('item'),
    scope,
    did: z.enum(INTERACTIONS),
    where,
    within,
    count,
  }),
  /** With filters on properties it reads the newest events alone; see the profile's limits. */
  z.strictObject({
    kind: z.literal('event'),
    scope,
    name: Name,
    where: z.array(propertyFilter).max(LEAF_LIMITS.filters),
    within,
    count,
  }),
  /** The sum of an event's amounts, minor units. */
  z.strictObject({
    kind: z.literal('eventAmount'),
    scope,
    name: Name,
    currency,
    within,
    amount: count,
  }),
  z.strictObject({
    kind: z.literal('affinity'),
    scope,
    property: itemProperty,
    value: Name,
    test: affinityTest,
  }),
] as const

const personLeaves = [
  z.strictObject({ kind: z.literal('audience'), audienceId: Id }),
  z.strictObject({ kind: z.literal('list'), listId: Id }),
  z.strictObject({
    kind: z.literal('customer'),
    field: z.enum([
      'userId',
      'email',
      'phone',
      'firstName',
      'lastName',
      'birthOn',
      'language',
      'tags',
    ]),
    test: ValueComparisonSchema,
  }),
  z.strictObject({ kind: z.literal('customerSince'), test: TimeComparisonSchema }),
  z.strictObject({
    kind: z.literal('customerAttribute'),
    name: Name,
    test: ValueComparisonSchema,
  }),
  z.strictObject({ kind: z.literal('rfm'), clusters: z.array(Name).min(1).max(20) }),
  z.strictObject({ kind: z.literal('consent'), purpose: z.enum(PURPOSES) }),
  /** Whether anything was chosen, whatever it was. */
  z.strictObject({ kind: z.literal('consentChoice'), is: z.enum(['open', 'made']) }),
] as const

const surroundingLeaves = [
  z.strictObject({
    kind: z.literal('place'),
    field: z.enum(['country', 'region', 'city']),
    test: TextComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('device'),
    /** `language` is the first part of `locale`: de of de-AT. */
    field: z.enum(['class', 'browser', 'os', 'language', 'locale']),
    test: TextComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('screen'),
    side: z.enum(['width', 'height']),
    test: NumberComparisonSchema,
  }),
  /** From the first moment that the clock shows `from`, until the first that it shows `to`. */
  z
    .strictObject({
      kind: z.literal('date'),
      zone,
      from: WallDate.optional(),
      to: WallDate.optional(),
    })
    .refine(({ from, to }) => (from ?? to) !== undefined, 'from, to or both')
    .refine(({ from = '', to = '~' }) => from < to, 'from must be before to'),
  z.strictObject({
    kind: z.literal('weekday'),
    zone,
    days: z.array(z.enum(WEEKDAYS)).min(1).max(7),
  }),
  /** By the clock on the wall, `to` itself not included; over midnight where `to` is before `from`. */
  z
    .strictObject({ kind: z.literal('hour'), zone, from: WallTime, to: WallTime })
    .refine(({ from, to }) => from !== to, 'from and to must differ'),
] as const

/** Leaves whose facts come with later slices: until then each is unknown. */
const laterLeaves = [
  z.strictObject({
    kind: z.literal('prediction'),
    of: z.enum(['purchase', 'churn']),
    percent: NumberComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('weather'),
    field: z.enum(['sky', 'celsius']),
    test: ValueComparisonSchema,
  }),
  z.strictObject({
    kind: z.literal('live'),
    did: z.enum(['booked', 'attended', 'missed', 'watched']),
    /** Of `watched` alone. */
    minutes: CountComparisonSchema.optional(),
    within,
    count,
  }),
] as const

const chatLeaves = [
  /** When they wrote last, or since when they wait for an answer. */
  z.strictObject({ kind: z.literal('chat'), did: z.enum(['talked', 'waiting']), within }),
  /** Of the newest conversation that they rated. */
  z.strictObject({ kind: z.literal('chatRating'), stars: NumberComparisonSchema }),
  /** What operators and bots made of them, in the newest conversation in which they said so: one of those. */
  z.strictObject({ kind: z.literal('leadState'), values: z.array(z.enum(KNOWN_LEADS)).min(1) }),
  z.strictObject({
    kind: z.literal('potential'),
    values: z.array(z.enum(KNOWN_POTENTIALS)).min(1),
  }),
] as const

/** A schema a kind of leaf. */
export const LEAVES = [
  ...visitLeaves,
  ...purchaseLeaves,
  ...behaviourLeaves,
  ...personLeaves,
  ...surroundingLeaves,
  ...chatLeaves,
  ...laterLeaves,
] as const

export const LeafSchema = z.discriminatedUnion('kind', [...LEAVES]).meta({ id: 'Leaf' })
export type Leaf = z.infer<typeof LeafSchema>
export type LeafKind = Leaf['kind']
export type LeafOf<K extends LeafKind> = Extract<Leaf, { kind: K }>

function isWallDate(text: string): boolean {
  const at = Date.parse(`${text}Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
