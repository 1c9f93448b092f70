import { z } from 'zod'

/** Bounds of what a shop may save as a condition; the server checks regular expressions for their size as well. */
export const COMPARISON_LIMITS = {
  valueChars: 500,
  values: 200,
  globChars: 500,
  regexChars: 200,
  /** A longer text matches no pattern: contains, starts, ends, glob, regex. */
  textChars: 2_048,
} as const

export const WINDOW_UNITS = ['minutes', 'hours', 'days', 'weeks'] as const
export type WindowUnit = (typeof WINDOW_UNITS)[number]

export const UNIT_MS: Readonly<Record<WindowUnit, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
}

/** A span that ends now: what happened at `t` is inside until exactly `t` + span. A day is 24 hours. */
export const WindowSchema = z.strictObject({
  last: z.int().min(1).max(1_000_000),
  unit: z.enum(WINDOW_UNITS),
})
export type Window = z.infer<typeof WindowSchema>

const Text = z.string().max(COMPARISON_LIMITS.valueChars)
/** An empty pattern would be in every text. */
const Piece = Text.min(1)
const Values = <T extends z.ZodType>(value: T) =>
  z.array(value).min(1).max(COMPARISON_LIMITS.values)
const Millis = z.int().min(0).max(8_640_000_000_000_000)

const isSet = z.strictObject({ op: z.literal('isSet') })
const isNotSet = z.strictObject({ op: z.literal('isNotSet') })
const presence = [isSet, isNotSet] as const

const limit = z.strictObject({
  op: z.enum(['greater', 'atLeast', 'less', 'atMost']),
  value: z.number(),
})
/** Both ends are inside. */
const between = z
  .strictObject({ op: z.literal('between'), from: z.number(), to: z.number() })
  .refine(({ from, to }) => from <= to, 'from must not be greater than to')
const numbers = [
  z.strictObject({ op: z.literal('equals'), value: z.number() }),
  limit,
  between,
] as const

const pieces = z.strictObject({ op: z.enum(['contains', 'starts', 'ends']), value: Piece })
/** The whole text: `*` is any characters or none, `?` one, the rest itself. */
const glob = z.strictObject({
  op: z.literal('glob'),
  pattern: z.string().min(1).max(COMPARISON_LIMITS.globChars),
})
/** Anywhere in the text unless anchored, in RE2's syntax: without back-references and look-around. */
const regex = z.strictObject({
  op: z.literal('regex'),
  pattern: z.string().min(1).max(COMPARISON_LIMITS.regexChars),
})
const texts = [pieces, glob, regex] as const

/** Instants, epoch ms; `last` is a window. */
const times = [
  z.strictObject({ op: z.enum(['before', 'after']), at: Millis }),
  z.strictObject({ op: z.literal('last'), window: WindowSchema }),
] as const

/** How often: of what never happened the count is 0, so a count is never missing. */
export const CountComparisonSchema = z.discriminatedUnion('op', [...numbers])
export type CountComparison = z.infer<typeof CountComparisonSchema>

export const NumberComparisonSchema = z.discriminatedUnion('op', [...numbers, ...presence])
export type NumberComparison = z.infer<typeof NumberComparisonSchema>

/** Upper and lower case differ. */
export const TextComparisonSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('equals'), value: Text }),
  z.strictObject({ op: z.literal('oneOf'), values: Values(Text) }),
  ...texts,
  ...presence,
])
export type TextComparison = z.infer<typeof TextComparisonSchema>

export const TimeComparisonSchema = z.discriminatedUnion('op', [...times, ...presence])
export type TimeComparison = z.infer<typeof TimeComparisonSchema>

const Scalar = z.union([Text, z.number(), z.boolean()])

/**
 * For values whose type the shop chose. The comparison's own type decides: `equals 5` is false of the text `5`, `contains`
 * of any number. `includes` asks for one entry of a list, and the others are false of lists. A time is a text in ISO 8601
 * with its zone, or a calendar date (then midnight UTC); a number is never one.
 */
export const ValueComparisonSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('equals'), value: Scalar }),
  z.strictObject({ op: z.literal('oneOf'), values: Values(Scalar) }),
  z.strictObject({ op: z.literal('includes'), value: Scalar }),
  limit,
  between,
  ...texts,
  ...times,
  ...presence,
])
export type ValueComparison = z.infer<typeof ValueComparisonSchema>
