import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Channel } from '#protocol/chat-channels.ts'
import type { ConversationReport, RatedConversation } from '#protocol/chat-figures.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { bringMember, chatPage, openChannel, textOf, type ChatPage } from '../../support/chat.ts'
import { setUpOwner, type ConsoleClient } from '../../support/console-client.ts'
import { eachDatabase, rowsOf, type FreshDatabase } from '../../support/databases.ts'
import { createRandom } from '../../support/fuzzed-bodies.ts'
import { naiveConversations } from '../../support/naive-conversations.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const STEPS = process.env.TEST_LONG === '1' ? 4_000 : 350
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1e8)
const MINUTE = 60_000
const BEGAN = Date.UTC(2026, 10, 20, 20)
const DAYS = '?from=2026-11-20&to=2026-11-22'
type Member = ConsoleClient & { readonly id: string }

eachDatabase('reports of conversations', (fresh) => {
  let database: FreshDatabase
  let beside: Database
  let server: TestServer
  let owner: ConsoleClient
  let members: Member[]
  let channels: Channel[]
  let clock = BEGAN
  const rated: { readonly id: string; readonly comment: string }[] = []

  beforeAll(async () => {
    clock = BEGAN
    rated.length = 0
    database = await fresh()
    const { url, file = '' } = database.address
    const where = url === undefined ? { dataDir: dirname(file) } : { databaseUrl: url }
    server = await startServer({ ...where, now: () => clock })
    owner = await setUpOwner(server)
    const settings = { name: 'Tienda', consentMode: 'full', currency: 'EUR' }
    await owner.told('PUT', '/shop', { ...settings, timeZone: 'Asia/Kathmandu' })
    members = [
      await bringMember(server, owner, 'ana-rep'),
      await bringMember(server, owner, 'luis-rep'),
    ]
    const ids = members.map(({ id }) => id)
    channels = [
      await openChannel(owner, { name: 'Ventas', operators: ids }),
      await openChannel(owner, { name: 'Ayuda', operators: ids.slice(0, 1) }),
    ]
    beside = await openDatabase({ ...database.address, role: 'command' })
    await live()
  }, 300_000)
  afterAll(async () => {
    process.stdout.write(`seed ${SEED}\n`)
    await server.stop()
    await beside.close()
    await database.remove()
  })

  /** Hours of two channels, in which anything happens. */
  async function live(): Promise<void> {
    const random = createRandom(SEED)
    const one = <T>(all: readonly T[]): T => {
      const found = all[Math.floor(random() * all.length)]
      if (found === undefined) throw new Error('One of none')
      return found
    }
    const begun: { page: ChatPage; id: string }[] = []
    const patch = (id: string, body: object) =>
      owner.ask('PATCH', `/chat/conversations/${id}`, body)
    const begin = async () => {
      const page = chatPage(server, one(channels).id)
      const { conversation } = await page.begin()
      begun.push({ page, id: conversation.id })
    }
    const onOne = async () => {
      const { page, id } = one(begun)
      const member = one(members)
      const path = `/chat/conversations/${id}`
      // Much of it is refused, as it would be: whatever came of it is what is reported.
      const acts: (() => Promise<unknown>)[] = [
        () => member.ask('POST', `${path}/messages`, textOf('Dime')),
        () => member.ask('POST', `${path}/messages`, textOf('Te escucho')),
        () => owner.ask('POST', `${path}/messages`, { ...textOf('Ojo'), kind: 'note' }),
        () => page.post('/messages', { conversationId: id, message: textOf('¿Hola?') }),
        () => page.post('/endings', { conversationId: id }),
        () => patch(id, { state: 'closed' }),
        () => patch(id, { state: 'reopened' }),
        () => owner.ask('PUT', `${path}/assignment`, { memberId: one(members).id }),
        () => owner.ask('PUT', `${path}/assignment`, { channelId: one(channels).id }),
        () => owner.ask('PUT', `${path}/assignment`, {}),
        () => patch(id, { leadState: one(['open', 'won', 'lost']), potential: 'high' }),
        async () => {
          const rating = 1 + Math.floor(random() * 5)
          const comment = `=1+${rated.length}`
          const { status } = await page.post('/ratings', { conversationId: id, rating, comment })
          if (status < 300) rated.push({ id, comment })
        },
        async () => (random() < 0.2 ? patch(id, { isSpam: true }) : undefined),
        async () => (random() < 0.3 ? botSays(id, one(['', ', queued_at = NULL'])) : undefined),
      ]
      await one(acts)()
    }
    const seats = async () => {
      const verb = random() < 0.6 ? 'PUT' : 'DELETE'
      await one(members).ask(verb, `/chat/channels/${one(channels).id}/seat`)
    }
    const form = async () => {
      const page = chatPage(server, one(channels).id)
      const left = { ...textOf('Escríbanme'), email: 'ana@mail.example' }
      await page.post('/offline-forms', { channelId: one(channels).id, ...left })
    }
    await begin()
    for (let step = 0; step < STEPS; step += 1) {
      clock += Math.floor(random() * (540 / STEPS) * 2 * MINUTE)
      const chance = random()
      if (chance < 0.2) await begin()
      else if (chance < 0.3) await seats()
      else if (chance < 0.33) await form()
      else await onOne()
    }
    await server.chat.sweep()
  }

  /** As the chatbot does; every other one has handed it over. */
  async function botSays(id: string, isKept: string): Promise<void> {
    const of = [Buffer.from(id, 'base64url')]
    const [row] = await rowsOf<{ id: number; shop_id: number; number: number }>(
      beside,
      'SELECT id, shop_id, last_number + 1 AS number FROM conversations WHERE public_id = $1',
      of,
    )
    if (row === undefined) return
    const bump = `UPDATE conversations SET last_number = last_number + 1${isKept} WHERE public_id = $1 RETURNING id`
    await rowsOf(beside, bump, of)
    await rowsOf(
      beside,
      `INSERT INTO messages (shop_id, conversation_id, number, client_id, author, kind, text, at)
       VALUES ($1, $2, $3, $4, 'bot', 'text', 'Hola', $5) RETURNING number`,
      [row.shop_id, row.id, row.number, `bot-says-${row.number}-${clock}`, clock],
    )
  }

  const report = (query = '') =>
    owner.told<ConversationReport>('GET', `/figures/conversations${DAYS}${query}`)
  const namesOf = (rows: readonly { readonly name: string }[]) =>
    rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))

  it('are what a walk over the raw rows gives, in all, by point, channel, lead and operator', async () => {
    const naive = await naiveConversations(beside)
    for (const query of ['&step=hour', '&step=day']) {
      const { now, before, channels: byChannel, ...rest } = await report(query)
      const span = { start: now.start, end: now.end }
      expect(now.totals).toEqual(naive.figures(span))
      expect(now.totals.conversations).toBeGreaterThan(STEPS / 10)
      expect(before.totals).toEqual(naive.figures(before))
      for (const [i, { at, ...figures }] of now.points.entries()) {
        const end = now.points[i + 1]?.at ?? now.end
        expect({ at, ...figures }).toEqual({ at, ...naive.figures({ start: at, end }) })
      }
      for (const { id: _, name: channel, ...figures } of byChannel) {
        expect({ channel, ...figures }).toEqual({ channel, ...naive.figures({ ...span, channel }) })
      }
      for (const { name: leadState, ...figures } of rest.leadStates) {
        const told = naive.figures({ ...span, leadState })
        expect({ leadState, ...figures }).toEqual({ leadState, ...told })
      }
      const operators = naive.operators(span).map((one) => ({ ...one, id: expect.any(String) }))
      expect(namesOf(rest.operators)).toEqual(namesOf(operators))
    }
  })

  it('are narrowed to a channel and to those that an operator was given', async () => {
    const naive = await naiveConversations(beside)
    const [channel] = channels
    const { operators } = await report()
    const [operator] = operators
    const query = `&channel=${channel?.id}&operator=${operator?.id}`
    const { now } = await report(query)
    const { start, end } = now
    const asked = { start, end, channel: channel?.name ?? '', operator: operator?.name ?? '' }

    expect(now.totals).toEqual(naive.figures(asked))
    expect((await report('&channel=AAAAAAAAAAAAAAAAAAAAAA')).now.totals.conversations).toBe(0)
  })

  it('tell operators of what they were given alone, in figures, ratings and file', async () => {
    const [ana] = members
    const path = `/figures/conversations${DAYS}`
    const own = await ana?.told<ConversationReport>('GET', path)
    const all = await report()
    const hers = all.operators.find(({ id }) => id === ana?.id)

    expect(own?.operators).toEqual(hers === undefined ? [] : [hers])
    expect(own?.now.totals.conversations).toBe(hers?.conversations ?? 0)
    const lines = (await ana?.ask('GET', `/files/conversations.csv${DAYS}`))?.text.split('\r\n')
    const log = await owner.told<{ items: object[] }>('GET', '/audit-log?limit=1')
    expect(log.items[0]).toMatchObject({ action: 'list.exported', object: { id: 'conversations' } })
    expect(lines).toHaveLength((hers?.conversations ?? 0) + 2)
    const ratings = await ana?.told<{ items: RatedConversation[] }>(
      'GET',
      `/figures/ratings${DAYS}`,
    )
    expect(ratings?.items).toHaveLength(own?.now.totals.ratings ?? 0)
    for (const { conversationId } of ratings?.items ?? []) {
      await ana?.told<Conversation>('GET', `/chat/conversations/${conversationId}`)
    }
  })

  it('list every rating with its comment once, page by page', async () => {
    const { now } = await report()
    const found: RatedConversation[] = []
    let cursor = ''
    do {
      const query = `${DAYS}&limit=3${cursor}`
      const page = await owner.told<{ items: RatedConversation[]; nextCursor: string | null }>(
        'GET',
        `/figures/ratings${query}`,
      )
      found.push(...page.items)
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')

    expect(found).toHaveLength(now.totals.ratings)
    expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(found.length)
    for (const { conversationId, comment } of found) {
      // The last that was given counts.
      expect(comment).toBe(rated.findLast(({ id }) => id === conversationId)?.comment)
    }
    const times = found.map(({ beganAt }) => beganAt)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  })

  it('are a file with a line a conversation, in which no comment is a formula', async () => {
    const { now } = await report()
    const { text, headers } = await owner.ask('GET', `/files/conversations.csv${DAYS}`)
    const [heading, ...lines] = text.trim().split('\r\n')

    expect(headers.get('content-type')).toContain('text/csv')
    expect(heading).toContain('conversation_id,began_at,channel,operator,outcome')
    expect(heading).toContain('lead_state,potential,rating,rating_comment')
    expect(lines).toHaveLength(now.totals.conversations)
    expect(lines.filter((line) => line.includes(",'=1+"))).toHaveLength(now.totals.ratings)
    expect(lines.filter((line) => line.includes(',answered,'))).toHaveLength(
      now.totals.outcomes.answered,
    )
  })

  it('count each once of many that began at the same moment, in figures and file', async () => {
    const [channel] = await rowsOf<{ id: number; shop_id: number }>(
      beside,
      'SELECT id, shop_id FROM channels WHERE public_id = $1',
      [Buffer.from(channels[0]?.id ?? '', 'base64url')],
    )
    const began = Date.UTC(2026, 9, 2, 12)
    for (let i = 0; i < 700; i += 1) {
      const at = began + (i % 2)
      await rowsOf(
        beside,
        `INSERT INTO conversations (shop_id, public_id, channel_id, begun_by, state, fields, last_at, created_at,
           closed_at) VALUES ($1, $2, $3, $4, 'closed', '{}', 0, $5, $6) RETURNING id`,
        [channel?.shop_id, randomBytes(16), channel?.id, randomBytes(32), at, at],
      )
    }
    const days = '?from=2026-10-01&to=2026-10-03'
    const naive = await naiveConversations(beside)
    const { now } = await owner.told<ConversationReport>('GET', `/figures/conversations${days}`)
    const { text } = await owner.ask('GET', `/files/conversations.csv${days}`)

    expect(now.totals.conversations).toBe(700)
    expect(now.totals).toEqual(naive.figures(now))
    const ids = text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0])
    expect(ids).toHaveLength(700)
    expect(new Set(ids).size).toBe(700)
  })

  it.each(['?from=2026-11-31', '?from=2020-01-01&to=2026-01-01', '?step=year'])(
    'refuse %s',
    async (query) => {
      expect((await owner.ask('GET', `/figures/conversations${query}`)).status).toBe(400)
      expect((await owner.ask('GET', `/figures/ratings${query}&stars=9`)).status).toBe(400)
    },
  )
})
