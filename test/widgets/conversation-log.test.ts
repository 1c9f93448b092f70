import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConversationLog, type ConversationLog } from '#widgets/kit/conversation-log.ts'

interface Said {
  readonly number: number
  readonly id: string
}
interface Draft {
  readonly id: string
}

/** A server that keeps what it promises: stores before it answers, once, numbered without holes. */
function modelServer() {
  const log: Said[] = []
  return {
    log,
    store(id: string): Said {
      const known = log.find((one) => one.id === id)
      if (known !== undefined) return known
      const said = { id, number: log.length + 1 }
      log.push(said)
      return said
    },
    after: (asked: number, limit: number) => {
      const number = asked < 0 ? log.length + asked : asked
      const rest = log.filter((one) => one.number > number)
      return { messages: rest.slice(0, limit), hasMore: rest.length > limit }
    },
  }
}

/** What becomes of a request, or of what it is answered. */
type Fate = 'arrives' | 'request lost' | 'answer lost' | 'refused for now'

interface Client {
  readonly log: ConversationLog<Said, Draft>
  /** Requests under way, each with what ends it. */
  readonly pending: ((fate: Fate) => void)[]
  readonly timers: (() => void)[]
}

/** Few entries an answer, so that little is much. */
const PAGE = 3

function client(server: ReturnType<typeof modelServer>): Client {
  const pending: Client['pending'] = []
  const timers: Client['timers'] = []
  const request = <Answer>(ask: () => Answer) =>
    new Promise<Answer>((resolve, reject) => {
      pending.push((fate) => {
        if (fate === 'request lost') return reject(new Error(fate))
        if (fate === 'refused for now') {
          return resolve({ refusal: { code: 'unavailable' } } as Answer)
        }
        const answer = ask()
        if (fate === 'answer lost') reject(new Error(fate))
        else resolve(answer)
      })
    })
  const log = createConversationLog<Said, Draft>({
    send: ({ id }) => request(() => ({ message: server.store(id) })),
    resume: (after) => request(() => server.after(Math.max(after, -PAGE), PAGE)),
    after(_, call) {
      timers.push(call)
      return () => {
        const at = timers.indexOf(call)
        if (at >= 0) timers.splice(at, 1)
      }
    },
    changed: () => undefined,
  })
  return { log, pending, timers }
}

/** Back to where the conversation began. */
async function readFromStart({ log, pending }: Client): Promise<void> {
  for (let round = 0; round < 100 && log.hasEarlier(); round += 1) {
    void log.readEarlier()
    while (log.isReadingEarlier()) {
      for (const end of pending.splice(0)) end('arrives')
      await settled()
    }
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

type Step =
  | { readonly do: 'say'; readonly who: number }
  | { readonly do: 'end'; readonly who: number; readonly which: number; readonly fate: Fate }
  | { readonly do: 'cut' | 'connect' | 'tick' | 'back'; readonly who: number }
  | { readonly do: 'push'; readonly who: number; readonly from: number; readonly count: number }

const who = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('say' as const), who }),
  fc.record({
    do: fc.constant('end' as const),
    who,
    which: fc.nat({ max: 3 }),
    fate: fc.constantFrom<Fate>(
      'arrives',
      'arrives',
      'request lost',
      'answer lost',
      'refused for now',
    ),
  }),
  fc.record({
    do: fc.constantFrom<'cut' | 'connect' | 'tick' | 'back'>('cut', 'connect', 'tick', 'back'),
    who,
  }),
  fc.record({
    do: fc.constant('push' as const),
    who,
    from: fc.nat({ max: 12 }),
    count: fc.nat({ max: 4 }),
  }),
)

describe('a conversation between two clients', () => {
  it('comes out the same everywhere, whatever is lost, doubled or late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const server = modelServer()
        const clients = [client(server), client(server)]
        const said: string[][] = [[], []]
        for (const one of steps) {
          const at = clients[one.who]
          if (at === undefined) continue
          if (one.do === 'say') {
            const id = `${one.who}-${said[one.who]?.length}`
            said[one.who]?.push(id)
            at.log.send({ id })
          }
          if (one.do === 'end') at.pending.splice(one.which, 1)[0]?.(one.fate)
          if (one.do === 'cut') at.log.disconnected()
          if (one.do === 'connect') at.log.connected()
          if (one.do === 'back') void at.log.readEarlier()
          if (one.do === 'tick') at.timers.shift()?.()
          if (one.do === 'push') at.log.receive(server.log.slice(one.from, one.from + one.count))
          await settled()
          for (const { log } of clients) {
            const numbers = log.messages().map(({ number }) => number)
            const [first = 0] = numbers
            expect(numbers).toEqual(numbers.map((_, index) => first + index))
          }
        }
        // What was under way on older connections ends in its own time; then the network is whole.
        for (const at of clients) {
          at.log.disconnected()
          for (const end of at.pending.splice(0)) end('answer lost')
          await settled()
          at.log.connected()
        }
        for (let round = 0; round < 400; round += 1) {
          for (const at of clients) {
            for (const end of at.pending.splice(0)) end('arrives')
            await settled()
          }
          const isDone = clients.every(({ log, pending }) => {
            return log.unsent().length === 0 && pending.length === 0
          })
          if (isDone) break
        }
        for (const at of clients) {
          at.log.connected()
          for (let round = 0; round < 100 && at.pending.length > 0; round += 1) {
            for (const end of at.pending.splice(0)) end('arrives')
            await settled()
          }
          await readFromStart(at)
        }

        for (const [at, own] of said.entries()) {
          expect(clients[at]?.log.messages()).toEqual(server.log)
          expect(
            server.log.filter(({ id }) => id.startsWith(`${at}-`)).map(({ id }) => id),
          ).toEqual(own)
        }
      }),
      { numRuns: process.env['TEST_LONG'] === '1' ? 5_000 : 150 },
    )
  })

  it('begins with what was said last, and reads back without holes', async () => {
    const server = modelServer()
    for (let said = 1; said <= 250; said += 1) server.store(`${said}`)
    const asked: number[] = []
    const log = createConversationLog<Said, Draft>({
      send: async ({ id }) => ({ message: server.store(id) }),
      resume: async (after) => {
        asked.push(after)
        return server.after(after, 100)
      },
      after: () => () => undefined,
      changed: () => undefined,
    })
    const ends = () => [log.messages()[0]?.number, log.messages().at(-1)?.number]
    log.connected()
    await settled()
    expect([ends(), log.hasEarlier()]).toEqual([[201, 250], true])
    await log.readEarlier()
    expect(ends()).toEqual([101, 250])
    await log.readEarlier()

    expect(log.messages()).toEqual(server.log)
    expect(log.hasEarlier()).toBe(false)
    expect(asked).toEqual([-50, 100, 0])
  })

  it('learns of a message that was stored before all that is here, and sends it no more', async () => {
    const server = modelServer()
    for (let said = 1; said <= 100; said += 1) server.store(`${said}`)
    let sent = 0
    const log = createConversationLog<Said, Draft>({
      // From before a reload, which came before the answer did.
      unsent: [{ id: '7' }],
      send: ({ id }) => {
        sent += 1
        // Sent again and again, it would let nothing else happen.
        return sent > 3
          ? new Promise(() => undefined)
          : Promise.resolve({ message: server.store(id) })
      },
      resume: async (after) => server.after(after, 100),
      after: () => () => undefined,
      changed: () => undefined,
    })
    log.connected()
    for (let round = 0; round < 5; round += 1) await settled()

    expect([sent, log.unsent()]).toEqual([1, []])
    expect(log.messages()[0]?.number).toBe(51)
  })

  it('shows no entry twice where a page was asked for again after a cut', async () => {
    const server = modelServer()
    for (let said = 1; said <= 8; said += 1) server.store(`${said}`)
    const at = client(server)
    at.log.connected()
    at.pending.splice(0)[0]?.('arrives')
    await settled()
    void at.log.readEarlier()
    const [hanging] = at.pending.splice(0)
    at.log.disconnected()
    at.log.connected()
    at.pending.splice(0)[0]?.('arrives')
    await settled()
    await readFromStart(at)
    hanging?.('arrives')
    await settled()
    for (const end of at.pending.splice(0)) end('arrives')
    await settled()

    expect(at.log.messages()).toEqual(server.log)
  })

  it('keeps what the server will not have, and goes on with what comes after', async () => {
    const server = modelServer()
    const { log, pending } = client(server)
    let refusals = 0
    const refusing = createConversationLog<Said, Draft>({
      send: async ({ id }) => {
        if (id !== 'bad') return { message: server.store(id) }
        refusals += 1
        return { refusal: { code: 'too_large' } }
      },
      resume: async (after) => server.after(after, 100),
      after: () => () => undefined,
      changed: () => undefined,
    })
    refusing.send({ id: 'bad' })
    refusing.send({ id: 'good' })
    refusing.connected()
    await settled()
    await settled()

    expect(refusing.messages()).toEqual([{ id: 'good', number: 1 }])
    expect(refusing.unsent()).toEqual([
      { draft: { id: 'bad' }, state: 'failed', problem: 'too_large' },
    ])
    refusing.retry('bad')
    await settled()
    expect(refusals).toBe(2)
    refusing.discard('bad')
    expect(refusing.unsent()).toEqual([])
    log.close()
    expect(pending).toEqual([])
  })
})
