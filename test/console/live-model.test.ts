import { describe, expect, it } from 'vitest'
import type { LivePerson } from '#protocol/people.ts'
import type { LiveEvent, LiveStart } from '#protocol/sockets.ts'
import type { FoundShop } from '#console/account/find-shop.ts'
import type { LinkOutcome } from '#console/account/requests.ts'
import type { LiveListener } from '#console/live/connection.ts'
import { createLiveModel } from '#console/live/model.ts'

const eventOf = (n: number): LiveEvent => ({
  id: `e${n}`,
  type: 'track',
  name: n % 2 === 0 ? 'Product Added' : 'Product Viewed',
  at: n,
  url: 'https://shop.example/',
  verified: false,
})
const eventsOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => eventOf(to - i))
const startOf = (events: LiveEvent[]): LiveStart => ({
  shopName: 'Tea & Co',
  events,
  counts: { storedToday: events.length, leftOut: {}, onNow: 1, experiences: [] },
  acceptsAnyOrigin: true,
})

function createTestModel({
  link,
  outcome = 'opened',
  found = { kind: 'unnamed' },
}: { link?: string; outcome?: LinkOutcome; found?: FoundShop } = {}) {
  const connectedTo: (string | undefined)[] = []
  const listeners: LiveListener[] = []
  const spent: string[] = []
  const timers: (() => void)[] = []
  const stopped: string[] = []
  const model = createLiveModel({
    linkToken: link,
    now: () => 1_000,
    nameOf: ({ name }) => name ?? '',
    spendLink: (token) => {
      spent.push(token)
      return Promise.resolve(outcome)
    },
    findShop: () => Promise.resolve(found),
    connect: (listener, shopKey) => {
      connectedTo.push(shopKey)
      listeners.push(listener)
      return { retry: () => undefined, stop: () => void stopped.push('connection') }
    },
    every: (_, act) => {
      timers.push(act)
      return () => void stopped.push('timer')
    },
  })
  const listener = (): LiveListener => {
    const [last] = listeners.slice(-1)
    if (last === undefined) throw new Error('The model has not connected')
    return last
  }
  const tick = () => {
    for (const act of timers) act()
  }
  return { model, listener, listeners, connectedTo, spent, stopped, tick }
}

async function openWith(events: LiveEvent[]) {
  const parts = createTestModel()
  await parts.model.open()
  parts.listener().onStart(startOf(events))
  return parts
}

const idsOf = (events: readonly LiveEvent[]) => events.map(({ id }) => id)

describe('opening the live page', () => {
  it('spends the link, connects and shows what is there', async () => {
    const { model, listener, spent } = createTestModel({ link: 'token' })

    await model.open()
    expect(model.phase.value).toBe('connecting')
    listener().onStart(startOf(eventsOf(1, 3)))

    expect(spent).toEqual(['token'])
    expect(model.phase.value).toBe('live')
    expect(model.shopName.value).toBe('Tea & Co')
    expect(idsOf(model.shown.value)).toEqual(['e3', 'e2', 'e1'])
  })

  it('without a link relies on the session of an earlier visit', async () => {
    const { model, listener, spent } = createTestModel()

    await model.open()
    listener().onRefused('signed_out')

    expect(spent).toEqual([])
    expect(model.phase.value).toBe('signed_out')
  })

  it('with a link that was used says so, unless an earlier session still runs', async () => {
    const used = createTestModel({ link: 'token', outcome: 'spent' })
    await used.model.open()
    used.listener().onRefused('signed_out')
    expect(used.model.phase.value).toBe('link_spent')

    const returning = createTestModel({ link: 'token', outcome: 'spent' })
    await returning.model.open()
    returning.listener().onStart(startOf([]))
    expect(returning.model.phase.value).toBe('live')
  })

  it('names the member’s shop, and asks which where there are several', async () => {
    const one = createTestModel({ found: { kind: 'one', key: 'pub_a', shops: [] } })
    await one.model.open()
    expect(one.connectedTo).toEqual(['pub_a'])

    const several = createTestModel({ found: { kind: 'choose', shops: [] } })
    await several.model.open()
    expect(several.model.phase.value).toBe('choosing')
    expect(several.connectedTo).toEqual([])
  })

  it('tells a member whose role does not allow it', async () => {
    const { model, listener } = createTestModel({ found: { kind: 'one', key: 'a', shops: [] } })
    await model.open()

    listener().onRefused('forbidden')

    expect(model.phase.value).toBe('forbidden')
  })

  it('tries again by itself when the server is away', async () => {
    const { model, spent, tick, listeners } = createTestModel({ link: 'token', outcome: 'failed' })

    await model.open()
    expect(model.phase.value).toBe('failed')
    tick()

    expect(spent).toHaveLength(2)
    expect(listeners).toHaveLength(0)
  })
})

describe('the list', () => {
  it('puts the newest first and keeps 500', async () => {
    const { model, listener } = await openWith(eventsOf(1, 100))

    listener().onEvents(eventsOf(101, 700))

    expect(model.events.value).toHaveLength(500)
    expect(model.events.value[0]?.id).toBe('e700')
  })

  it('shows an event once, however often it comes', async () => {
    const { model, listener } = await openWith(eventsOf(1, 3))

    listener().onEvents(eventsOf(2, 4))
    listener().onStart(startOf(eventsOf(1, 5)))

    expect(idsOf(model.events.value)).toEqual(['e5', 'e4', 'e3', 'e2', 'e1'])
  })

  it('stands still while paused, counts what waits, and catches up', async () => {
    const { model, listener } = await openWith(eventsOf(1, 3))

    model.pause()
    listener().onEvents(eventsOf(4, 5))
    listener().onEvents(eventsOf(6, 6))
    expect(idsOf(model.shown.value)).toEqual(['e3', 'e2', 'e1'])
    expect(model.waiting.value).toBe(3)

    model.resume()
    expect(idsOf(model.shown.value)).toEqual(['e6', 'e5', 'e4', 'e3', 'e2', 'e1'])
    expect(model.waiting.value).toBe(0)
  })

  it('has both events that a browser and the shop’s own server sent under one id', async () => {
    const { model, listener } = await openWith([eventOf(1)])

    listener().onEvents([{ ...eventOf(1), verified: true }])
    listener().onEvents([{ ...eventOf(1), verified: true }])

    expect(model.shown.value.map(({ id, verified }) => [id, verified])).toEqual([
      ['e1', true],
      ['e1', false],
    ])
  })

  it('is filtered by name, in any case', async () => {
    const { model } = await openWith(eventsOf(1, 4))

    model.filterBy(' ADDED ')
    expect(idsOf(model.shown.value)).toEqual(['e4', 'e2'])

    model.filterBy('')
    expect(model.shown.value).toHaveLength(4)
  })

  it('keeps a row open while others arrive', async () => {
    const { model, listener } = await openWith(eventsOf(1, 3))

    model.toggle('e2')
    listener().onEvents(eventsOf(4, 9))

    expect([...model.openKeys.value]).toEqual(['e2'])
    model.toggle('e2')
    expect(model.openKeys.value.size).toBe(0)
  })

  it('is summed up for those who listen, not read out row by row', async () => {
    const { model, listener, tick } = await openWith(eventsOf(1, 3))
    expect(model.arrived.value).toBe(0)

    listener().onEvents(eventsOf(4, 5))
    listener().onEvents(eventsOf(6, 8))
    expect(model.arrived.value).toBe(0)
    tick()
    expect(model.arrived.value).toBe(5)
    tick()
    expect(model.arrived.value).toBe(0)
  })
})

describe('a connection that is lost', () => {
  it('says whether the server meant it, and keeps what was shown', async () => {
    const { model, listener } = await openWith(eventsOf(1, 3))

    listener().onLost('lost')
    expect(model.phase.value).toBe('reconnecting')
    listener().onLost('restarting')
    expect(model.phase.value).toBe('restarting')
    expect(model.shown.value).toHaveLength(3)
    listener().onStart(startOf(eventsOf(1, 4)))
    expect(model.phase.value).toBe('live')
    expect(model.shown.value).toHaveLength(4)
  })

  it('is a failure when there never was one', async () => {
    const { model, listener } = createTestModel()
    await model.open()

    listener().onLost('lost')

    expect(model.phase.value).toBe('failed')
  })

  it('is given up with everything else when the page closes', async () => {
    const { model, stopped } = await openWith([])

    model.stop()

    expect(stopped).toEqual(['timer', 'timer', 'connection'])
  })
})

describe('who is on the shop now', () => {
  const person = (id: string, startedAt: number, lastSeenAt: number): LivePerson => ({
    id,
    name: null,
    lastSeenAt,
    startedAt,
    url: null,
    country: null,
    city: null,
    device: null,
    source: null,
    cart: null,
  })

  it('is not told before the server has, and then keeps everybody at their place', async () => {
    const { model, listener } = await openWith([])
    expect(model.people.value).toBeUndefined()

    listener().onPeople([person('a', 10, 50), person('b', 20, 40)])
    const first = model.people.value?.map(({ id }) => id)
    // Somebody else did something last, and a third came.
    listener().onPeople([person('b', 20, 60), person('c', 30, 55), person('a', 10, 50)])

    expect(first).toEqual(['b', 'a'])
    expect(model.people.value?.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })
})
