import { batchOf, eventOf } from './ingestion.ts'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Bodies like real ones with something wrong in shape, value, bytes or size; some are right, some pure noise. */
export function createFuzzedBodies(key: string, random: () => number): () => Buffer {
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0]

  /** Stands for more brackets than `JSON.stringify` could write. */
  const ABYSS = 'abyss'

  function junk(depth = 0): unknown {
    return pick<() => unknown>([
      () => null,
      () => true,
      () => pick([0, -1, 1.5, -0, 1e308, -1e-308, 2 ** 53, 8.64e15, 8.64e15 + 1]),
      () =>
        pick(['', ' ', '0', 'null', '\0', '\ud800', '💥', "'; DROP TABLE events; --", '<script>']),
      () => ABYSS,
      () => 'x'.repeat(pick([63, 64, 65, 200, 201, 2_048, 2_049, 8_192, 8_193, 40_000])),
      () => nested(pick([3, 31, 32, 33, 200, 400])),
      () => Array.from({ length: pick([0, 1, 201, 1_001]) }, () => 1),
      () => Object.fromEntries(Array.from({ length: pick([1, 201, 900]) }, (_, i) => [`k${i}`, i])),
      () => JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"toString":1}'),
      () => (depth > 3 ? 1 : { [String(junkName())]: junk(depth + 1) }),
      () => (depth > 3 ? 1 : [junk(depth + 1), junk(depth + 1)]),
    ])()
  }

  function junkName(): string {
    return pick([
      '__proto__',
      'constructor',
      'id',
      'type',
      'toJSON',
      'length',
      '',
      '\0',
      'k'.repeat(65),
    ])
  }

  /** A copy of `value` in which one place, at random, is something else, is gone, or is new. */
  function damaged(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || random() < 0.05) return junk()
    if (Array.isArray(value)) {
      if (value.length === 0 || random() < 0.2) return [...(value as unknown[]), junk()]
      const at = below(value.length)
      return value.map((one: unknown, i) => (i === at ? damaged(one) : one))
    }
    const names = Object.keys(value)
    // Mostly the events: a batch whose envelope is broken is refused at once.
    const name = 'events' in value && random() < 0.8 ? 'events' : names[below(names.length)]
    const kind = random()
    if (name === undefined || kind < 0.1) return { ...value, [junkName()]: junk() }
    if (kind < 0.2) return Object.fromEntries(Object.entries(value).filter(([it]) => it !== name))
    const inner: unknown = (value as Record<string, unknown>)[name]
    return { ...value, [name]: damaged(inner) }
  }

  function torn(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes)
    for (let i = below(8); i >= 0; i--) copy[below(copy.length)] = below(256)
    return random() < 0.3 ? copy.subarray(0, below(copy.length)) : copy
  }

  return () => {
    const events = Array.from({ length: below(5) }, () =>
      eventOf({ properties: { price: 9.9, items: [{ id: 'a' }] }, traits: {}, userId: 'u' }),
    )
    let body: unknown = { ...batchOf(events), key }
    for (let i = below(4); i > 0; i--) body = damaged(body)
    const text = escaped(JSON.stringify(body) ?? '')
    const bytes = Buffer.from(text.replace(`"${ABYSS}"`, '['.repeat(20_000) + ']'.repeat(20_000)))
    const kind = random()
    if (kind < 0.05) return Buffer.from(Array.from({ length: below(2_000) }, () => below(256)))
    return kind < 0.2 && bytes.length > 0 ? torn(bytes) : bytes
  }

  /** Now and then a letter is written as an escape. */
  function escaped(text: string): string {
    if (random() > 0.1) return text
    return text.replace(/__proto__|prototype/g, (name) => `\\u${hex(name)}${name.slice(1)}`)
  }
}

function hex(name: string): string {
  return name.charCodeAt(0).toString(16).padStart(4, '0')
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? { a: value } : [value]
  return value
}
