import { EventSchema, type EventResult, type WireEvent } from '#protocol/events.ts'
import { ILLEGAL_USER_IDS, type ConsentMode, type DropReason } from '#protocol/names.ts'
import { createFamilyLookup } from '../core/user-agent.ts'
import {
  canonicalEvents,
  commerceOf,
  type PlacePart,
  verifiedKeyOf,
  type SessionContext,
} from '../events/service.ts'
import { createBotCheck } from './bots.ts'
import { check } from './check.ts'
import { keepingOf, type Keeping } from './consent.ts'
import type { Envelope } from './envelope.ts'
import { eventIdBytes } from './event-id.ts'
import type { PreparedBatch, PreparedEvent } from './prepared.ts'
import { isPlainEvent } from './quick-check.ts'
import { createRedaction } from './redaction.ts'
import { tidy } from './tidy.ts'
import { createVisitorCookie } from './visitor-cookie.ts'
import { derivedIdentity, identityOf, isAboutIdentity, newIdentity } from './wire-identity.ts'

/** What the pipeline needs to know of the request besides its body. */
export interface Sender {
  readonly shop: {
    readonly id: number
    readonly publicKey: string
    readonly consentMode: ConsentMode
    /** ISO 4217: of amounts that name none. */
    readonly currency: string
  }
  /** A secret key: a server of the shop's speaks. */
  readonly isVerified: boolean
  /** Undefined: a server's library, which the rule on bots is not for. */
  readonly userAgent: string | undefined
  readonly cookie: string | undefined
  /** Of the client, as far as trusted proxies vouch for it; kept nowhere. Undefined: a server's. */
  readonly address: string | undefined
  readonly receivedAt: number
}

interface PreparationDeps {
  /** Whether browsers reach us by https, which hardens the cookie. */
  readonly isSecure: boolean
  readonly lookUpPlace: (address: string) => PlacePart
}

export interface Preparation {
  readonly batch: PreparedBatch
  /** A page sent it, which may be told what to show; no robot, no server, and nothing that nobody may read. */
  readonly isAsking: boolean
  readonly setCookie?: string
}

const MAX_EVENT_BYTES = 32_768
const ILLEGAL = new Set<string>(ILLEGAL_USER_IDS)
/** Events whose only purpose is to say who somebody is. */
const ABOUT_SOMEBODY = new Set(['identify', 'alias', 'group'])

/** Checks a request as far as that goes without the database: bots, consent, each event by itself. */
export function createPreparation({
  isSecure,
  lookUpPlace,
}: PreparationDeps): (envelope: Envelope, sender: Sender) => Preparation {
  const isBot = createBotCheck()
  const familiesOf = createFamilyLookup()
  const cookie = createVisitorCookie(isSecure)
  const redaction = createRedaction()

  /** One event may say several things: GA4 adds two products to the cart in one. */
  function prepareEvents(
    wire: unknown,
    position: number,
    envelope: Envelope,
    sender: Sender,
    keeping: Keeping,
  ): readonly PreparedEvent[] | EventResult {
    const event = parseEvent(wire, envelope)
    if ('result' in event) return event
    const fault = faultOf(event, keeping)
    if (fault !== undefined) return fault
    const { type, name = null } = event
    const said = canonicalEvents({ type, name, properties: propertiesOf(event, sender) })
    return said.map((one) => prepareEvent(event, one, position, envelope, sender, keeping))
  }

  /** In one literal: events of one shape are what the rest of the commit reads fastest. */
  function prepareEvent(
    event: WireEvent,
    { name, properties, idSuffix }: ReturnType<typeof canonicalEvents>[number],
    position: number,
    envelope: Envelope,
    sender: Sender,
    keeping: Keeping,
  ): PreparedEvent {
    const { type } = event
    const id = eventIdBytes(idSuffix === undefined ? event.id : event.id + idSuffix)
    const { page } = event
    // Without consent an event keeps what happened, and nothing of whom it happened to.
    const { userId, groupId, traits, signature } = keeping === 'all' ? event : NOBODY
    return {
      position,
      shopId: sender.shop.id,
      id,
      onceKey: sender.isVerified ? verifiedKeyOf(id) : id,
      type,
      name,
      times: { at: event.at, ageMs: event.ageMs, sentAt: envelope.sentAt },
      receivedAt: sender.receivedAt,
      clientSeq: event.seq,
      url: redaction.url(page.url),
      referrer: redaction.url(page.referrer) || null,
      title: redaction.text(page.title) || null,
      pageType: page.type ?? null,
      userId: userId ?? null,
      groupId: groupId ?? null,
      properties,
      traits:
        traits === undefined || sender.isVerified ? (traits ?? null) : redaction.traits(traits),
      device: envelope.context.device ?? null,
      isVerified: sender.isVerified,
      at: event.at,
      isFuture: false,
      visitorId: null,
      visitorRow: null,
      sessionRow: null,
      isForeign: false,
      commerce:
        type === 'track' && name !== null
          ? commerceOf(name, properties, sender.shop.currency)
          : undefined,
      proof: undefined,
      orderSource: 'event',
      signature,
    }
  }

  /** What a shop's own server sends, it means to be kept. */
  function propertiesOf({ properties }: WireEvent, { isVerified }: Sender) {
    if (properties === undefined || isVerified) return properties ?? null
    return redaction.properties(properties)
  }

  function contextOf({ context }: Envelope, { userAgent }: Sender): SessionContext {
    if (userAgent === undefined) return context
    const { browser, os, device } = familiesOf(userAgent)
    const whole: { -readonly [Key in keyof SessionContext]: SessionContext[Key] } = { ...context }
    if (browser !== undefined) whole.browser = browser
    if (os !== undefined) whole.os = os
    if (context.device === undefined && device !== undefined) whole.device = device
    return whole
  }

  function placeOf({ address }: Sender): PlacePart | null {
    const place = address === undefined ? {} : lookUpPlace(address)
    return place.country === undefined ? null : place
  }

  /** The identity to use, and the cookie to set or to forget. */
  function identify(envelope: Envelope, sender: Sender, keeping: Keeping) {
    const { visitor } = envelope
    if (visitor === null) return { identity: null }
    if ('publicId' in visitor) {
      return { identity: keeping === 'all' ? derivedIdentity(visitor, envelope) : null }
    }
    if (!('cookie' in visitor)) {
      return { identity: keeping === 'all' ? identityOf(visitor, envelope) : null }
    }
    const known = cookie.read(sender.cookie)
    if (keeping !== 'all') {
      return known === undefined ? { identity: null } : { identity: null, setCookie: cookie.clear }
    }
    if (known !== undefined && visitor.fresh === undefined) {
      return { identity: identityOf(known, envelope) }
    }
    const made = newIdentity()
    return { identity: identityOf(made, envelope), setCookie: cookie.set(made) }
  }

  return (envelope, sender) => {
    const { receivedAt, shop } = sender
    const base = {
      shopId: shop.id,
      receivedAt,
      clockOffset: receivedAt - envelope.sentAt,
      consent: envelope.consent,
      context: contextOf(envelope, sender),
      place: placeOf(sender),
    }
    const keeping = keepingOf(shop.consentMode, envelope.consent, sender.isVerified)
    const { isVerified, userAgent } = sender
    const isOfBot = !isVerified && userAgent !== undefined && isBot(userAgent)
    const reason = wholeReason(keeping, isOfBot)
    if (reason !== undefined) {
      const results = envelope.events.map(() => dropped(reason))
      const batch = { ...base, identity: null, events: [], results }
      // A withdrawal ends the cookie too, where nothing else of it is taken.
      const { setCookie } = reason === 'no_consent' ? identify(envelope, sender, keeping) : {}
      return { batch, isAsking: false, ...(setCookie !== undefined && { setCookie }) }
    }
    const events: PreparedEvent[] = []
    const faults = envelope.events.map((wire, position) => {
      const checked = prepareEvents(wire, position, envelope, sender, keeping)
      if ('result' in checked) return checked
      events.push(...checked)
      return undefined
    })
    const { identity, setCookie } = identify(envelope, sender, keeping)
    const isStripped = envelope.visitor !== null && keeping !== 'all'
    const kept: EventResult = isStripped
      ? { result: 'ok', reason: 'stripped_visitor' }
      : { result: 'ok' }
    return {
      batch: {
        ...base,
        // A batch that stores nothing makes no visitor, unless it is about the identity itself.
        identity: events.length > 0 || isAboutIdentity(identity) ? identity : null,
        events,
        results: faults.map((fault) => fault ?? kept),
      },
      isAsking: !sender.isVerified,
      ...(setCookie !== undefined && { setCookie }),
    }
  }
}

const NOBODY: Pick<WireEvent, 'userId' | 'groupId' | 'traits' | 'signature'> = {}

function wholeReason(keeping: Keeping, isBot: boolean): DropReason | undefined {
  if (isBot) return 'bot'
  return keeping === 'nothing' ? 'no_consent' : undefined
}

function parseEvent(wire: unknown, { isSuspicious, bytes }: Envelope): WireEvent | EventResult {
  const tidied = isSuspicious ? tidy(wire) : { value: wire }
  if ('problem' in tidied) return dropped('invalid', tidied.problem)
  if (bytes > MAX_EVENT_BYTES && sizeOf(tidied.value) > MAX_EVENT_BYTES) {
    return dropped('too_large', `more than ${MAX_EVENT_BYTES} bytes`)
  }
  if (isPlainEvent(tidied.value)) return tidied.value
  const checked = check(EventSchema, tidied.value)
  return 'fault' in checked ? dropped('invalid', checked.fault) : checked.value
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}

/** What is wrong with an event beyond its shape. */
function faultOf(event: WireEvent, keeping: Keeping): EventResult | undefined {
  const { type, name, userId, groupId } = event
  if (userId !== undefined && ILLEGAL.has(userId.trim().toLowerCase())) {
    return dropped('bad_user_id', `“${userId}” stands for nobody`)
  }
  if (type === 'track' && name === undefined) return dropped('invalid', 'name: a track needs one')
  if (type === 'alias' && userId === undefined)
    return dropped('invalid', 'userId: an alias needs one')
  if (type === 'group' && groupId === undefined)
    return dropped('invalid', 'groupId: a group needs one')
  if (keeping === 'anonymous' && ABOUT_SOMEBODY.has(type)) return dropped('no_consent')
  return undefined
}

function dropped(reason: DropReason, detail?: string): EventResult {
  return detail === undefined
    ? { result: 'dropped', reason }
    : { result: 'dropped', reason, detail: detail.slice(0, 200) }
}
