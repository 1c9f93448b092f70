import { randomUUID } from 'node:crypto'
import type { WireEvent } from '#protocol/events.ts'
import { EVENTS_PATH, SUBMISSIONS_PATH } from '#protocol/names.ts'
import type { ConsoleClient } from '../../support/console-client.ts'
import { batchOf, eventOf, newVisitor } from '../../support/ingestion.ts'
import type { TestServer } from '../../support/server.ts'
import { rounds } from './rounds.ts'

/** Texts that one visitor brings along. */
const EACH = 20
const AT_ONCE = 6
const MAX_BATCH_CHARS = 50_000
const MAX_EVENT_CHARS = 12_000

type Sent = Partial<WireEvent>

/** Whatever a visitor can write, written by people who mean harm. */
export async function fillHostile(
  server: TestServer,
  texts: readonly string[],
  experienceId: string,
): Promise<void> {
  const groups = Math.ceil(texts.length / EACH)
  await rounds(groups, AT_ONCE, async (round) => {
    const own = texts.slice((round - 1) * EACH, round * EACH)
    await sendVisitor(server, own, [...own.flatMap(eventsOf), collector(own)])
    await sendForms(server, own, experienceId)
    await sendForeign(server, own)
    // A customer for each, so that every text is somebody's name.
    for (const text of own) await sendVisitor(server, [text], [identifyAs(text)])
  })
}

/** While somebody looks at what arrives: the list there has room for the newest only. */
export async function sendNames(server: TestServer, texts: readonly string[]): Promise<void> {
  const sent = texts
    .map((text) => text.slice(0, 190))
    .map((name) => ({ name, properties: { name } }))
  await sendVisitor(server, texts, sent)
}

/** All that there is of a page, an event, a product, an order and a group. */
function eventsOf(text: string): Sent[] {
  const short = text.slice(0, 190)
  const name = text.slice(0, 60) || 'x'
  const query = encodeURIComponent(short)
  const utm = ['source', 'medium', 'campaign', 'term', 'content']
    .map((part) => `utm_${part}=${query}`)
    .join('&')
  const page = {
    url: `https://shop.example/${query}?${utm}&gclid=${query}#${query}`.slice(0, 2_000),
    referrer: `https://other.example/${query}`.slice(0, 2_000),
    title: text.slice(0, 500),
  }
  // Not even addresses.
  const odd = { url: short, referrer: short, title: short }
  const product = {
    product_id: short,
    sku: short,
    name: short,
    brand: short,
    category: short,
    variant: short,
    coupon: short,
    url: short,
    image_url: short,
    price: 3,
    quantity: 1,
    currency: 'EUR',
  }
  const properties = {
    [name]: text.slice(0, 500),
    list: [short],
    deep: { [name]: { [name]: short } },
  }
  const order = {
    order_id: short,
    total: 3,
    currency: 'EUR',
    coupon: short,
    affiliation: short,
    products: [product],
  }
  return [
    { name: short, properties, page },
    { type: 'page', name: short, properties: { title: short, category: short }, page: odd },
    { name: 'Products Searched', properties: { query: short }, page },
    { name: 'Product Viewed', properties: product, page },
    { name: 'Order Completed', properties: order, page },
    { name: 'Order Completed', properties: { ...order, order_id: `2 ${short}`, currency: short } },
    { name: 'Product Added', properties: product, page: odd },
    { type: 'group', groupId: short, traits: { [name]: short, name: short }, page },
    // Left out, and told of under ingestion warnings.
    { name: short, properties, at: 1, ageMs: 8e12 },
  ]
}

function identifyAs(text: string): Sent {
  const short = text.slice(0, 190)
  // What an address may not hold is left out of it.
  const local = text.replaceAll(/[\s@<>(),;:"\\]/g, '').slice(0, 60)
  return {
    type: 'identify',
    userId: short,
    traits: {
      name: short,
      firstName: short,
      lastName: short,
      email: `${local}@x.example`,
      phone: short,
      tags: [short],
      languages: [short],
      birthday: short,
      [text.slice(0, 60) || 'x']: text.slice(0, 500),
      list: [short],
      company: { [text.slice(0, 50) || 'x']: short },
    },
  }
}

/** All of them as what is known of one person. */
function collector(texts: readonly string[]): Sent {
  const told = texts.map((text) => [text.slice(0, 60) || 'x', text.slice(0, 500)] as const)
  return { type: 'identify', userId: randomUUID(), traits: Object.fromEntries(told) }
}

async function sendVisitor(server: TestServer, texts: readonly string[], sent: readonly Sent[]) {
  const [text = ''] = texts
  const visitor = newVisitor()
  const session = { id: randomUUID(), startedAt: Date.now() }
  const context = {
    device: 'desktop' as const,
    locale: text.slice(0, 35),
    timeZone: text.slice(0, 64),
    tagVersion: text.slice(0, 40),
  }
  let batch: WireEvent[] = []
  const send = async () => {
    if (batch.length === 0) return
    const body = batchOf(batch, { key: server.key, sentAt: Date.now(), visitor, session, context })
    await post(server.url + EVENTS_PATH, body)
    batch = []
  }
  for (const one of sent) {
    const event = eventOf({ at: Date.now(), ageMs: 0, ...one })
    if (JSON.stringify(event).length > MAX_EVENT_CHARS) continue
    if (JSON.stringify([...batch, event]).length > MAX_BATCH_CHARS || batch.length === 50)
      await send()
    batch.push(event)
  }
  await send()
}

/** A form of a pop-up; each text fits its fields. */
async function sendForms(server: TestServer, texts: readonly string[], experienceId: string) {
  const session = { id: randomUUID(), startedAt: Date.now() }
  for (const text of texts) {
    const short = text.trim().slice(0, 190) || 'x'
    await post(`${server.url}${SUBMISSIONS_PATH}`, {
      key: server.key,
      visitor: newVisitor(),
      session,
      consent: { statistics: true, personalisation: true, marketing: true },
      submissionId: randomUUID(),
      experienceId,
      variantId: 'a',
      fields: { first: short, wish: short },
      page: { url: short, referrer: short, title: short },
    })
    // A browser may call itself anything; some of it is taken for a robot's name.
    const body = batchOf([eventOf({ type: 'page', at: Date.now() })], {
      key: server.key,
      sentAt: Date.now(),
      session,
    })
    await post(server.url + EVENTS_PATH, body, text)
  }
}

/** As Segment's clients send, where even ids are the visitor's own words. */
async function sendForeign(server: TestServer, texts: readonly string[]) {
  const batch = texts.map((text) => {
    const short = text.slice(0, 190) || 'x'
    return {
      type: 'track',
      messageId: short,
      anonymousId: short,
      event: short,
      properties: { [short.slice(0, 60)]: short },
      context: {
        ip: short,
        userAgent: short,
        locale: short,
        timezone: short,
        library: { name: short, version: short },
        campaign: { name: short, source: short, medium: short, term: short, content: short },
        page: { url: short, path: short, referrer: short, title: short, search: short },
        device: { type: short, model: short, manufacturer: short },
        traits: { name: short },
      },
    }
  })
  await post(`${server.url}/v1/batch`, { writeKey: server.key, batch })
}

async function post(url: string, body: object, text = ''): Promise<void> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': agentOf(text), referer: url },
    body: JSON.stringify(body),
  })
  if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`)
}

/** Still a browser's, so that it is not counted as a bot's. A header takes no more than Latin letters. */
function agentOf(text: string): string {
  const said = text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 300)
  return `Mozilla/5.0 (X11; ${said}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36`
}

/** What a member makes of visitors' words: names, files, conditions. Returns what pages are asked for. */
export async function makeOfTexts(owner: ConsoleClient, texts: readonly string[]) {
  // As long as names may be.
  const [first = 'x', second = 'x', third = 'x'] = texts.filter(({ length }) => length <= 75)
  const done = { kind: 'event', scope: 'profile', name: first, where: [] }
  // True of everybody.
  const condition = { kind: 'not', of: { ...done, count: { op: 'atLeast', value: 999 } } }
  const audience = await owner.told<{ id: string }>('POST', '/audiences', {
    name: first,
    condition,
  })
  const list = await owner.told<{ id: string }>('POST', '/lists', { name: second })
  await owner.told('POST', '/saved-views', {
    list: 'visitors',
    name: third,
    query: `search=${third}`,
  })
  await owner.told('PUT', '/definitions', {
    kind: 'event',
    name: first,
    description: second,
    type: null,
    owner: third,
  })
  return { audienceId: audience.id, listId: list.id }
}

/** As somebody’s own file would hold them. */
export function csvOfTexts(texts: readonly string[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = texts.map((text) => [text, `${randomUUID()}@x.example`, text].map(cell).join(','))
  return [texts.slice(0, 3).map(cell).join(','), ...lines].join('\r\n')
}
