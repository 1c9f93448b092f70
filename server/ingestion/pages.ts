import { randomUUID } from 'node:crypto'
import type {
  Claim,
  ClaimAnswer,
  Decisions,
  DecisionsAnswer,
  DecisionsRequest,
  SubmissionAnswer,
  SubmissionRequest,
} from '#protocol/experiences.ts'
import type { Page, WireEvent } from '#protocol/events.ts'
import { subjectOf, type FindPreview, type OnPages } from '../experiences/service.ts'
import type { Tell, Told } from '../webhooks/service.ts'
import { askerOf, createMadeProfiles } from './aftermath.ts'
import type { Envelope } from './envelope.ts'
import { findAsker, holdAsker } from './hold-asker.ts'
import type { Owner } from './identify.ts'
import type { Preparation, Sender } from './prepare.ts'
import type { PreparedBatch } from './prepared.ts'
import { createRedaction } from './redaction.ts'
import type { InTransaction, VisitorCustomer } from './statements.ts'

type PageSender = Omit<Sender, 'receivedAt'>

/** Of a shop, where somebody is. */
export interface AskingPage {
  readonly shopId: number
  readonly pageUrl: string
  /** Consent allows more of it than its path. */
  readonly isWhole: boolean
  /** The visitor's; undefined: a server's. */
  readonly address: string | undefined
}

/** What pages ask beside sending events. */
export interface Pages {
  /** What may be shown; stores nothing. */
  decide(request: Omit<DecisionsRequest, 'key'>, sender: PageSender): Promise<DecisionsAnswer>
  /** Whether an experience may be drawn now. */
  claim(request: Omit<Claim, 'key'>, sender: PageSender): Promise<ClaimAnswer>
  /** Stores a form. It needs no consent to tracking: the visitor asked for it. */
  submit(request: Omit<SubmissionRequest, 'key'>, sender: PageSender): Promise<SubmissionAnswer>
}

interface PagesDeps {
  readonly now: () => number
  readonly experiences: Pick<OnPages, 'decide' | 'claim' | 'checkForm' | 'storeForm'>
  readonly findPreview: FindPreview
  readonly tell: Tell
  readonly inTransaction: InTransaction
  readonly prepare: (envelope: Envelope, sender: Sender) => Preparation
  readonly ingest: (envelope: Envelope, sender: PageSender) => Promise<unknown>
  readonly withLauncher: (page: AskingPage, decided: Decisions) => Promise<Decisions>
}

type Asking = Pick<Envelope, 'visitor' | 'session' | 'consent'>

export function createPages({ now, experiences, inTransaction, ...deps }: PagesDeps): Pages {
  const redaction = createRedaction()

  /** Read as a page view would be, so that consent, robots and cookies mean the same. */
  function prepare(asking: Asking, sender: PageSender, page: Page = NO_PAGE) {
    const receivedAt = now()
    const event = eventOf({ type: 'page', at: receivedAt, page, id: randomUUID() })
    const envelope = envelopeOf({ context: {}, ...asking, sentAt: receivedAt }, [event])
    const { batch, isAsking, setCookie } = deps.prepare(envelope, { ...sender, receivedAt })
    // An identity that is to be put into a cookie is nobody's yet.
    return { isAsking, batch: setCookie === undefined ? batch : { ...batch, identity: null } }
  }

  async function decide(page: Page, asking: Asking, sender: PageSender): Promise<Decisions> {
    const { isAsking, batch } = prepare(asking, sender, page)
    if (!isAsking) return { epoch: 0, active: [] }
    const preview = await deps.findPreview(batch.shopId, page.url)
    if (preview !== undefined) return preview
    const owner = await inTransaction((statements) => findAsker(statements, batch))
    const asker = askerOf(placed(batch, owner), owner, {
      customers: customersOf(owner),
      made: createMadeProfiles(),
    })
    return experiences.decide(asker)
  }

  return {
    async decide({ page, ...asking }, sender) {
      const decided = await decide(page, asking, sender)
      const asked = askingPage(page.url, asking, sender)
      return { decisions: await deps.withLauncher(asked, decided), now: now() }
    },

    async claim({ experienceId, variantId, pageViewId, ...asking }, sender) {
      const { batch, isAsking } = prepare(asking, sender)
      const { shopId } = batch
      return inTransaction(async (statements): Promise<ClaimAnswer> => {
        const owner = await holdAsker(statements, batch)
        // Who has a visitor and not its token is granted nothing.
        if (!isAsking || (batch.identity !== null && owner === undefined)) {
          return { isGranted: false, reason: 'not_active' }
        }
        const sessionRow = owner?.session?.row ?? null
        const asked = { experienceId, variantId, pageViewId, sessionRow }
        const subject = ownSubject(shopId, owner)
        return experiences.claim(statements.transaction, shopId, { ...asked, subject })
      })
    },

    async submit({ submissionId, experienceId, variantId, fields, page, ...asking }, sender) {
      const { batch } = prepare(asking, sender, page)
      const { shopId } = batch
      const what = { shopId, submissionId, experienceId, variantId, fields }
      const filled = { ...what, url: redaction.url(page.url) }
      const form = await experiences.checkForm(filled)
      const owner = await inTransaction(async (statements) => {
        const by = await holdAsker(statements, batch)
        const subject = ownSubject(shopId, by)
        const visitorRow = by?.visitorRow ?? null
        const { transaction } = statements
        const isNew = await experiences.storeForm(transaction, form, { subject, visitorRow })
        const told = { submissionId, experienceId, fields: form.fields, url: form.url }
        if (isNew) await deps.tell(transaction, shopId, [submissionOf(told, now())])
        return by
      })
      const { traits } = form
      if (owner !== undefined && Object.keys(traits).length > 0) {
        // Of its own id, so that a form that is sent again tells nothing twice.
        const told = { type: 'identify', at: now(), page, id: `form ${submissionId}` } as const
        const envelope = { context: {}, ...asking, sentAt: now() }
        await deps.ingest(envelopeOf(envelope, [{ ...eventOf(told), traits }]), sender)
      }
      return { thanks: form.thanks }
    },
  }
}

export function askingPage(
  pageUrl: string,
  { visitor }: Pick<Envelope, 'visitor'>,
  { shop, address }: Pick<Sender, 'shop' | 'address'>,
): AskingPage {
  return { shopId: shop.id, pageUrl, isWhole: visitor !== null, address }
}

function submissionOf(data: Told['data'], at: number): Told {
  return { type: 'submission.received', data, at }
}

const NO_PAGE: Page = { url: '', referrer: '', title: '' }

function eventOf(event: Pick<WireEvent, 'type' | 'at' | 'page' | 'id'>): WireEvent {
  return { ...event, ageMs: 0, seq: 0 }
}

function envelopeOf(
  envelope: Omit<Envelope, 'events' | 'isSuspicious' | 'bytes'>,
  events: readonly WireEvent[],
): Envelope {
  return { ...envelope, events: [...events], isSuspicious: false, bytes: 0 }
}

/** Its only event belongs to whoever asks. */
function placed(batch: PreparedBatch, owner: Owner | undefined): PreparedBatch {
  for (const event of batch.events) {
    event.visitorRow = owner?.visitorRow ?? null
    event.sessionRow = owner?.session?.row ?? null
  }
  return batch
}

function customersOf(owner: Owner | undefined): ReadonlyMap<number, VisitorCustomer> {
  return owner === undefined || owner.customer === null
    ? new Map()
    : new Map([[owner.visitorRow, owner.customer]])
}

function ownSubject(shopId: number, owner: Owner | undefined) {
  if (owner === undefined) return null
  const { visitorRow, customer } = owner
  return subjectOf({ shopId, visitorRow, customer })
}
