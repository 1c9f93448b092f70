import { gzipSync } from 'node:zlib'
import { BROWSER } from '../../../support/ingestion.ts'

export interface FuzzedRequest {
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const POST_PATHS = [
  '/v1/track',
  '/v1/p/',
  '/v1/identify',
  '/v1/alias',
  '/v1/group',
  '/v1/batch',
  '/b',
  '/beacon/v1/batch',
  '/api/s/page',
  '/v1/m',
] as const
const NESTS = [3, 31, 33, 300, 5_000] as const

/** Requests like real ones with something wrong in shape, value, bytes, size, packing or address; some are right. */
export function createFuzzedRequests(key: string, random: () => number): () => FuzzedRequest {
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0]
  const chance = (of: number) => random() < of

  function junk(): unknown {
    return pick<() => unknown>([
      () => null,
      () => true,
      () => pick([0, -1, 1.5, 1e308, -1e-308, 2 ** 53, 8.64e15 + 1]),
      () => pick(['', ' ', 'null', '\0', '\ud800', '💥', "'; DROP TABLE events; --", '%zz']),
      () => 'x'.repeat(pick([64, 65, 200, 201, 2_049, 8_193, 40_000])),
      () => pick(['2026-13-45T99:99', '+275760-09-13', '-1', '99999999999999999', 'Infinity']),
      () => Array.from({ length: pick([0, 1, 201, 1_001]) }, () => 1),
      () => Object.fromEntries(Array.from({ length: pick([1, 201]) }, (_, i) => [`k${i}`, i])),
      () => JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"toString":1}'),
      () => ({ length: { toString: 1 }, toJSON: 1, '': {} }),
    ])()
  }

  /** A copy of `value` in which one place is something else, is gone, or is new. */
  function damaged(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || chance(0.05)) return junk()
    if (Array.isArray(value)) {
      const at = below(value.length)
      return value.map((one: unknown, i) => (i === at ? damaged(one) : one))
    }
    const names = Object.keys(value)
    const name = names[below(names.length)]
    if (name === undefined || chance(0.1)) return { ...value, [pick(['__proto__', '\0'])]: junk() }
    if (chance(0.1)) return Object.fromEntries(Object.entries(value).filter(([it]) => it !== name))
    return { ...value, [name]: damaged((value as Record<string, unknown>)[name]) }
  }

  function event(): object {
    const page = { url: 'https://shop.example/a?b=c', path: '/a', referrer: '', title: 'A' }
    return {
      type: pick(['track', 'page', 'screen', 'identify', 'group', 'alias']),
      messageId: `m-${random()}`,
      anonymousId: `a-${below(20)}`,
      userId: pick<unknown>(['', null, `u-${below(20)}`, 7]),
      previousId: 'a-1',
      groupId: 'g-1',
      event: 'Clicked',
      name: 'Lamps',
      timestamp: pick<unknown>([new Date().toISOString(), Date.now()]),
      sentAt: new Date().toISOString(),
      properties: { ...page, price: 9.9, products: [{ product_id: 'p' }] },
      traits: { plan: 'gold' },
      context: {
        page,
        campaign: { source: 'letter', name: 'spring' },
        screen: { width: 100, height: 100, innerWidth: 90, innerHeight: 90 },
        locale: 'es-AR',
        timezone: 'America/Argentina/Buenos_Aires',
        userAgent: BROWSER,
        sessionId: Date.now(),
        traits: { email: 'ana@shop.example' },
      },
    }
  }

  function packed(json: string): Buffer {
    const text = chance(0.03) ? nested(pick(NESTS)) : json
    const bytes = pick<() => Buffer>([
      () => Buffer.from(text),
      () => Buffer.from(text),
      () => gzipSync(text),
      () => Buffer.from(`data=${encodeURIComponent(text)}`),
      () => Buffer.from(`data=${Buffer.from(text).toString('base64')}&x=1`),
      () => Buffer.from(`data=${'%41&'.repeat(50_000)}`),
      // Half a megabyte of gzip may hold half a gigabyte.
      () => (chance(0.05) ? gzipSync(Buffer.alloc(20_000_000, 0x20)) : Buffer.from(text)),
    ])()
    return chance(0.1) ? torn(bytes) : bytes
  }

  function torn(bytes: Buffer): Buffer {
    const copy = Buffer.from(bytes)
    for (let i = below(8); i >= 0 && copy.length > 0; i--) copy[below(copy.length)] = below(256)
    return chance(0.4) ? copy.subarray(0, below(copy.length)) : copy
  }

  function address(text: string): string {
    const data = Buffer.from(text)
      .toString('base64')
      .slice(0, pick([100, 6_000, 6_000]))
    return pick([
      `/pixel/v1/track?writeKey=${key}&data=${encodeURIComponent(data)}`,
      `/pixel/v1/page?writeKey=${key}&data=${data}`,
      `/pixel/v1/page?writeKey=${key}&userId=%00%ed%a0%80&name=%`,
      `/v1/projects/${pick([key, '%00', '%', '..%2f..%2f', 'x'.repeat(5_000)])}/settings`,
      `/sourceConfig/?writeKey=${pick([key, '%', ''])}`,
    ])
  }

  return () => {
    const events = Array.from({ length: below(5) }, event)
    const whole = { writeKey: key, sentAt: new Date().toISOString(), context: {}, batch: events }
    let body: unknown = chance(0.5) ? whole : { ...event(), writeKey: key }
    for (let i = below(4); i > 0; i--) body = damaged(body)
    const text = JSON.stringify(body) ?? ''
    // So that more than the key is looked at.
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
    const headers = {
      'user-agent': pick([BROWSER, 'axios/1']),
      ...(chance(0.7) && { authorization }),
      ...(chance(0.1) && {
        authorization: pick(['Basic !!!', 'Bearer', `Basic ${'A'.repeat(3_000)}`]),
      }),
      ...(chance(0.1) && { sentat: pick(['now', '1e999', '']) }),
      ...(chance(0.1) && { 'content-encoding': pick(['gzip', 'br', 'x']) }),
    }
    if (chance(0.05)) return { method: 'GET', path: address(text), headers, body: Buffer.alloc(0) }
    const path = pick(POST_PATHS)
    if (chance(0.01)) return { method: 'OPTIONS', path, headers, body: Buffer.alloc(0) }
    return { method: 'POST', path, headers, body: packed(text) }
  }
}

function nested(depth: number): string {
  return `{"batch":[{"type":"track","properties":${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}}]}`
}
