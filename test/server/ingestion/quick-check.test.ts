import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BatchSchema, EventSchema, type Batch } from '#protocol/events.ts'
import { isPlainBatch, isPlainEvent } from '#server/ingestion/quick-check.ts'
import { batchOf, eventOf } from '../../support/ingestion.ts'

const event = {
  ...eventOf({ properties: { price: 5 }, traits: { plan: 'a' }, userId: 'u', groupId: 'g' }),
  signature: 'f00',
}
const batch = batchOf([event], {
  context: {
    locale: 'es-AR',
    timeZone: 'America/Buenos_Aires',
    screen: [1920, 1080],
    viewport: [1280, 720],
    device: 'phone',
    tagVersion: '0.1.0',
  },
})

it('takes what the tag sends without asking the schema', () => {
  expect(isPlainEvent(event)).toBe(true)
  expect(isPlainBatch(batch)).toBe(true)
  expect(isPlainBatch({ ...batch, visitor: null, session: null, consent: null })).toBe(true)
})

it('takes no event that the schema would refuse', () => {
  const taken = everyDamage(event).filter(isPlainEvent)

  expect(taken.length).toBeGreaterThan(0)
  expect(taken.filter((damage) => !EventSchema.safeParse(damage).success)).toEqual([])
})

it('takes no envelope that the schema would refuse, and stores of it what the schema would', () => {
  const taken = everyDamage(batch).filter(isPlainBatch)
  const parsed = taken.map((damage) => BatchSchema.safeParse(damage).data)

  expect(taken.length).toBeGreaterThan(0)
  expect(taken.map(storedOf)).toEqual(parsed.map(storedOf))
})

function storedOf(envelope: Pick<Batch, 'context' | 'consent'> | undefined) {
  return { context: envelope?.context, consent: envelope?.consent }
}

const LENGTHS = [
  0, 1, 22, 35, 36, 40, 41, 43, 44, 64, 65, 100, 101, 200, 201, 500, 501, 2_048, 2_049,
]
/** Values at the edges of what is let through. */
const NEAR_MISSES: readonly unknown[] = [
  ...LENGTHS.map((length) => 'a'.repeat(length)),
  -1,
  0,
  0.5,
  8.64e15,
  8.64e15 + 1,
  2 ** 53,
  1e300,
  '0',
  null,
  true,
  [],
  {},
  'page',
  'tablet',
  'checkout',
  [1, 2],
  [1],
  [1, '2'],
  [1, 2, 3],
  { extra: 1 },
  '0193A5F0-0000-7000-8000-000000000001',
  '0193a5f0-0000-0000-8000-000000000001',
  '0193a5f0-0000-7000-0000-000000000001',
  '00000000-0000-0000-0000-000000000000',
]

/** `whole` as JSON would bring it, with each place in turn left out, or replaced by each near miss and by anything. */
function everyDamage(whole: object): unknown[] {
  const anything = fc.sample(fc.jsonValue(), 20)
  return pathsOf(whole).flatMap((path) =>
    [undefined, ...NEAR_MISSES, ...anything].map((value) => {
      const copy: unknown = JSON.parse(JSON.stringify(whole))
      place(copy, path, value)
      return JSON.parse(JSON.stringify(copy)) as unknown
    }),
  )
}

type Path = readonly string[]

/** Every place in `value`, and in each object two that it has not. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key]))
  const added = Array.isArray(value)
    ? []
    : [
        [...path, 'extra'],
        [...path, 'cookie'],
      ]
  return path.length === 0 ? [...inner, ...added] : [path, ...inner, ...added]
}

function place(into: unknown, [key = '', ...rest]: Path, value: unknown): void {
  if (typeof into !== 'object' || into === null) return
  if (rest.length > 0) place(Reflect.get(into, key), rest, value)
  else Reflect.set(into, key, value)
}
