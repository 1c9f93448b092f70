import { describe, expect, it } from 'vitest'
import { newUuid } from '#sdk/ids.ts'

describe('an event id', () => {
  it('sorts after those made before it, within a millisecond too', () => {
    let chance = 255
    const randomBytes = (count: number) => new Uint8Array(count).fill((chance -= 1))

    const ids = Array.from({ length: 50 }, () => newUuid({ randomBytes }, 1_790_000_000_000))

    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(50)
    for (const id of ids) expect(id).toMatch(/^01a0c450-6c00-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
  })
})
