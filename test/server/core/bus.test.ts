import { describe, expect, it } from 'vitest'
import { createBus } from '#server/core/bus.ts'

interface TestFacts {
  'booking.made': { readonly id: number }
}

function createTestBus() {
  const errors: unknown[] = []
  const bus = createBus<TestFacts>({ log: { error: (line: unknown) => errors.push(line) } })
  return { bus, errors }
}

describe('the bus', () => {
  it('tells every listener, until it stops', () => {
    const { bus } = createTestBus()
    const heard: string[] = []
    bus.on('booking.made', ({ id }) => void heard.push(`a${id}`))
    const stop = bus.on('booking.made', ({ id }) => void heard.push(`b${id}`))

    bus.publish('booking.made', { id: 1 })
    stop()
    bus.publish('booking.made', { id: 2 })

    expect(heard).toEqual(['a1', 'b1', 'a2'])
  })

  it('shields the publisher and the other listeners from one that throws or rejects', async () => {
    const { bus, errors } = createTestBus()
    const heard: number[] = []
    bus.on('booking.made', () => {
      throw new Error('thrown')
    })
    bus.on('booking.made', () => Promise.reject(new Error('rejected')))
    bus.on('booking.made', ({ id }) => void heard.push(id))

    expect(() => bus.publish('booking.made', { id: 7 })).not.toThrow()
    await new Promise((resolve) => setImmediate(resolve))

    expect(heard).toEqual([7])
    expect(errors).toMatchObject([
      { fact: 'booking.made', err: { message: 'thrown' } },
      { fact: 'booking.made', err: { message: 'rejected' } },
    ])
  })
})
