import { describe, expect, it } from 'vitest'
import { addressGroup } from '#server/core/client-address.ts'
import { Refusal } from '#server/core/errors.ts'
import { createRateLimit, DEFAULT_LIMITS } from '#server/core/rate-limit.ts'

const limits = { ...DEFAULT_LIMITS, address: { burst: 64, perSecond: 2 } }

function limitAt(clock: { now: number }) {
  const rateLimit = createRateLimit({ limits, now: () => clock.now })
  return (subject: string): Refusal | undefined => {
    try {
      rateLimit.take('address', subject)
      return undefined
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }
}

describe('the rate limit', () => {
  it('grants exactly as many of a burst as the bucket holds', () => {
    const take = limitAt({ now: 1e12 })

    const refused = Array.from({ length: 100 }, () => take('192.0.2.1')).filter(Boolean)

    expect(refused).toHaveLength(36)
  })

  it('says how long to wait, and is right', () => {
    const clock = { now: 1e12 }
    const take = limitAt(clock)
    for (let i = 0; i < 64; i += 1) take('192.0.2.1')

    expect(take('192.0.2.1')).toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 1 })

    clock.now += 1_000
    expect([1, 2, 3].map(() => take('192.0.2.1')?.code)).toEqual([
      undefined,
      undefined,
      'too_many_requests',
    ])
  })

  it('never holds more than the burst, however long nobody came', () => {
    const clock = { now: 1e12 }
    const take = limitAt(clock)
    take('192.0.2.1')
    clock.now += 365 * 86_400_000

    const granted = Array.from({ length: 100 }, () => take('192.0.2.1')).filter((no) => !no)

    expect(granted).toHaveLength(64)
  })

  it('counts one subject apart from another, and one kind apart from another', () => {
    const rateLimit = createRateLimit({
      limits: { ...limits, key: { burst: 1, perSecond: 1 } },
      now: () => 1e12,
    })
    rateLimit.take('key', 'a')

    expect(() => rateLimit.take('key', 'b')).not.toThrow()
    expect(() => rateLimit.take('visitor', 'a')).not.toThrow()
    expect(() => rateLimit.take('key', 'a')).toThrow(Refusal)
  })

  it('counts all addresses of an IPv6 network as one', () => {
    const take = limitAt({ now: 1e12 })

    const refused = Array.from({ length: 100 }, (_, i) =>
      take(addressGroup(`2001:db8:0:1::${i.toString(16)}`)),
    ).filter(Boolean)

    expect(refused).toHaveLength(36)
    expect(take(addressGroup('2001:db8:0:2::1'))).toBeUndefined()
  })

  it('stays under 50 MB with a million networks, and still refuses the next flood', () => {
    const before = process.memoryUsage()
    const take = limitAt({ now: 1e12 })

    for (let i = 0; i < 1_000_000; i += 1) take(`2001:db8:${i >>> 16}:${i & 0xffff}::`)

    const after = process.memoryUsage()
    const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed
    expect(grown).toBeLessThan(50e6)
    const refused = Array.from({ length: 100 }, () => take('192.0.2.9')).filter(Boolean)
    expect(refused).toHaveLength(36)
  })
})
