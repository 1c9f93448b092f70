import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Batch, WireEvent } from '#protocol/events.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import type {
  ClaimAnswer,
  Decisions,
  DecisionsAnswer,
  ExperienceInput,
  ExperienceResults,
} from '#protocol/experiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { openShop, type TestShop, type TestVisitor } from './audience-server.ts'
import { batchOf, BROWSER, eventOf, GRANTED } from './ingestion.ts'
import type { TestServer } from './server.ts'

/** True of everybody. */
const ANYBODY: Condition = { kind: 'all', of: [] }

/** A shop with experiences, as its pages and its own server meet it. */
export interface ExperienceShop extends TestShop {
  /** Makes an active one and answers its id. */
  readonly show: (changes?: Partial<ExperienceInput>) => Promise<string>
  readonly change: (id: string, changes: Partial<ExperienceInput>) => Promise<void>
  readonly set: (settings: object) => Promise<void>
  readonly results: (id: string) => Promise<ExperienceResults>
  /** What the answer to events says may be shown; by another server of the same database, if one is given. */
  readonly decideBy: (
    who: TestVisitor | null,
    events?: WireEvent[],
    changes?: Partial<Batch>,
  ) => Promise<Decisions>
  /** The same without events. */
  readonly ask: TestShop['ask']
  readonly decisions: (who: TestVisitor | null, changes?: object) => Promise<DecisionsAnswer>
  readonly claim: (
    who: TestVisitor | null,
    experienceId: string,
    changes?: object,
  ) => Promise<ClaimAnswer>
  /** Claims, and tells that it was seen. */
  readonly see: (who: TestVisitor, experienceId: string) => Promise<ClaimAnswer>
  readonly submit: (
    who: TestVisitor | null,
    experienceId: string,
    fields: object,
    changes?: object,
  ) => Promise<{ readonly status: number; readonly text: string }>
  /** One of our own public routes, as a page asks it. */
  readonly post: (path: string, body: object | string) => Promise<Response>
}

/** The shop as one of the servers of its database answers it. */
export async function openExperienceShop(
  server: Pick<TestServer, 'account' | 'url'>,
  id: number,
  clock: { readonly now: number },
): Promise<ExperienceShop> {
  const shop = await openShop(server, id, [
    'experiences:read',
    'experiences:write',
    'audiences:read',
    'audiences:write',
    'customers:read',
    'customers:write',
  ])
  const drafts = new Map<string, ExperienceInput>()

  function post(path: string, body: object | string): Promise<Response> {
    return fetch(`${server.url}/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': BROWSER },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async function told<T>(path: string, body: object): Promise<T> {
    const reply = await post(path, body)
    const text = await reply.text()
    expect({ status: reply.status, text }).toMatchObject({ status: 200 })
    return JSON.parse(text) as T
  }

  async function manage<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, text } = await shop.ask(method, path, body)
    if (status >= 300) throw new Error(`${status} ${text}`)
    return JSON.parse(text) as T
  }

  const asking = (who: TestVisitor | null) => ({
    key: shop.key,
    visitor: who?.visitor ?? null,
    session: who?.session ?? null,
    consent: who === null ? null : GRANTED,
  })

  const claim: ExperienceShop['claim'] = (who, experienceId, changes = {}) =>
    told<ClaimAnswer>('/claims', {
      ...asking(who),
      experienceId,
      variantId: 'a',
      pageViewId: randomUUID(),
      ...changes,
    })

  const decideBy: ExperienceShop['decideBy'] = async (who, events, changes = {}) => {
    const at = clock.now
    const sent = events ?? [eventOf({ type: 'page', at })]
    const batch = batchOf(sent, { ...asking(who), sentAt: at, ...changes })
    const { decisions } = await told<EventsAnswer>('/events', batch)
    return decisions
  }

  return {
    ...shop,
    post,
    claim,
    decideBy,
    async show(changes = {}) {
      const draft = experienceOf(changes)
      const made = await manage<{ readonly id: string }>('POST', '/experiences', draft)
      drafts.set(made.id, draft)
      return made.id
    },
    async change(experienceId, changes) {
      const draft = { ...drafts.get(experienceId), ...changes } as ExperienceInput
      drafts.set(experienceId, draft)
      await manage('PUT', `/experiences/${experienceId}`, draft)
    },
    async set(settings) {
      const all = { isOn: true, perSession: null, gapSeconds: 0, ...settings }
      await manage('PUT', '/experience-settings', all)
    },
    results: (experienceId) => manage('GET', `/experiences/${experienceId}/results`),
    decisions: (who, changes = {}) =>
      told<DecisionsAnswer>('/decisions', {
        ...asking(who),
        sentAt: clock.now,
        context: {},
        page: { url: 'https://shop.example/', referrer: '', title: '' },
        ...changes,
      }),
    async see(who, experienceId) {
      const answer = await claim(who, experienceId)
      const claimId = answer.isGranted ? answer.claimId : undefined
      await decideBy(who, [shown(experienceId, claimId, clock.now)])
      return answer
    },
    async submit(who, experienceId, fields, changes = {}) {
      const reply = await post('/submissions', {
        ...asking(who),
        submissionId: randomUUID(),
        experienceId,
        variantId: 'a',
        fields,
        page: { url: 'https://shop.example/', referrer: '', title: '' },
        ...changes,
      })
      return { status: reply.status, text: await reply.text() }
    },
  }
}

/** An active pop-up for everybody, once in a lifetime. */
function experienceOf(changes: Partial<ExperienceInput> = {}): ExperienceInput {
  return {
    key: `x-${randomUUID()}`,
    name: 'Hello',
    kind: 'popup',
    state: 'active',
    targeting: ANYBODY,
    triggers: [{ on: 'load' }],
    frequency: { per: 'ever' },
    content: {
      layout: { kind: 'modal' },
      design: { kind: 'blocks', blocks: [{ kind: 'heading', text: 'Hello' }] },
    },
    ...changes,
  }
}

/** The events by which pages tell what became of an experience. */
export function shown(experienceId: string, claimId: string | undefined, at: number): WireEvent {
  return told('Experience Shown', experienceId, at, { claim_id: claimId })
}

export function told(
  name: string,
  experienceId: string,
  at: number,
  properties: object = {},
): WireEvent {
  const all = { experience_id: experienceId, variant_id: 'a', ...properties }
  return eventOf({ name, at, properties: all })
}
