import type { Batch, Consent, WireEvent } from '#protocol/events.ts'
import { createRandomEvents } from './random-events.ts'

/** One request of many that make a shop's life. */
export type Sending =
  | { readonly what: 'batch'; readonly batch: Batch }
  | { readonly what: 'merge'; readonly from: string; readonly into: string }

interface RandomShopOptions {
  readonly random: () => number
  readonly now: number
  /** How many browsers come by. */
  readonly browsers: number
  readonly publicKey: string
  readonly secretKey: string
  /** What the shop's server signs for a user id. */
  readonly sign: (userId: string) => string
}

interface Identity {
  readonly id: string
  readonly token: string
}

type Session = NonNullable<Batch['session']>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const AT_ONCE = 6

/**
 * A shop's life with everything that may befall profiles: two tabs that begin as two visitors, people who say who they are
 * (signed, unsigned, forged, by e-mail alone), two people at one browser, aliases and merges, orders of browsers and of
 * the shop's server, late events, wrong clocks, foreign tokens, and requests sent again. In order, as far as any
 * browser is concerned; whoever sends it may mix that a little.
 */
export function randomShop(options: RandomShopOptions): Sending[] {
  const { random, now, browsers, publicKey, secretKey, sign } = options
  const int = (below: number) => Math.floor(random() * below)
  const one = <T>(choices: readonly [T, ...T[]]): T => choices[int(choices.length)] ?? choices[0]
  const isDrawn = (chance: number) => random() < chance
  const text = (bytes: number) =>
    Buffer.from(Array.from({ length: bytes }, () => int(256))).toString('base64url')
  const people = Array.from({ length: Math.max(3, Math.ceil(browsers / 3)) }, (_, i) => `u-${i}`)
  const somebody = () => people[int(people.length)] ?? 'u-0'
  const events = createRandomEvents(random)

  function newIdentity(): Identity {
    return { id: text(16), token: text(32) }
  }

  function newSession(startedAt: number): Session {
    return { id: events.uuid(), startedAt }
  }

  /** What somebody says of who they are. */
  function saysWho(userId: string): Partial<WireEvent> {
    const signature = one<string | undefined>([sign(userId), undefined, undefined, 'f'.repeat(64)])
    const traits = { plan: one(['free', 'paid']), visits: int(9) }
    return { type: 'identify', userId, traits, ...(signature !== undefined && { signature }) }
  }

  function browserLife(): Batch[] {
    const tabs: [Identity, Identity] = [newIdentity(), newIdentity()]
    const hasTwoTabs = isDrawn(0.5)
    const person = isDrawn(0.7) ? somebody() : undefined
    const skewMs = isDrawn(0.2) ? int(4 * HOUR_MS) - 2 * HOUR_MS : 0
    const batches: Batch[] = []
    const joinsAt = 1 + int(5)
    for (let visit = 0; visit < 1 + int(3); visit += 1) {
      const startedAt = now - int(60) * DAY_MS - int(DAY_MS)
      const first = newSession(startedAt)
      const second = one([
        first,
        first,
        newSession(startedAt + int(8_000)),
        newSession(startedAt + DAY_MS),
      ])
      for (let i = 0; i < 1 + int(5); i += 1) {
        const isSecond = hasTwoTabs && isDrawn(0.5)
        const joins = hasTwoTabs && !isSecond && batches.length >= joinsAt && isDrawn(0.4)
        const { id, token } = tabs[isSecond ? 1 : 0]
        const isForeign = isDrawn(0.03)
        batches.push(
          batchOf({
            key: publicKey,
            visitor: {
              id,
              token: isForeign ? text(32) : token,
              ...(joins && { formerly: tabs[1] }),
            },
            session: isDrawn(0.95) ? (isSecond ? second : first) : null,
            sentAt: now + skewMs,
            // Pages say it as soon as they load.
            events: [
              ...(person !== undefined && batches.length < 3 && isDrawn(0.4)
                ? [saysWho(person)]
                : []),
              ...somethingHappens(person),
            ],
          }),
        )
      }
    }
    return batches
  }

  function somethingHappens(person: string | undefined): Partial<WireEvent>[] {
    return Array.from({ length: 1 + int(5) }, () => {
      if (person !== undefined && isDrawn(0.12)) return saysWho(person)
      if (person !== undefined && isDrawn(0.05)) return { ...events.any(), userId: person }
      // Another person at the same browser, who goes on to say so or not.
      if (isDrawn(0.03)) return saysWho(somebody())
      if (isDrawn(0.02)) return { type: 'alias', userId: somebody() }
      if (isDrawn(0.03)) {
        return { type: 'identify', traits: { email: `p${int(5)}@shop.example` } }
      }
      return events.any()
    })
  }

  function batchOf(
    batch: Pick<Batch, 'key' | 'visitor' | 'session' | 'sentAt'> & { events: Partial<WireEvent>[] },
  ): Batch {
    const consent: Consent = { statistics: true, personalisation: isDrawn(0.8), marketing: true }
    const context = { device: one<'phone' | 'desktop'>(['phone', 'desktop']), locale: 'es-AR' }
    return {
      ...batch,
      consent,
      context,
      events: batch.events.map((event) => {
        const ageMs = isDrawn(0.6) ? int(HOUR_MS) : int(150) * DAY_MS
        return {
          id: events.uuid(),
          type: 'track',
          seq: int(1_000),
          page: events.page(),
          ...event,
          ageMs,
          at: batch.sentAt - ageMs,
        }
      }),
    }
  }

  /** The shop's own server names people, several in one request. */
  function serverBatch(): Batch {
    return batchOf({
      key: secretKey,
      visitor: null,
      session: null,
      sentAt: now,
      events: Array.from({ length: 1 + int(4) }, () => ({
        ...(isDrawn(0.3) ? { type: 'identify' as const, traits: { vip: true } } : events.order()),
        ...(isDrawn(0.9) && { userId: somebody() }),
      })),
    })
  }

  const lives = Array.from({ length: browsers }, browserLife)
  const sendings: Sending[] = []
  for (let left = lives; left.length > 0; left = left.filter((life) => life.length > 0)) {
    // Few at a time, so that several requests of one visitor are under way at once.
    const batch = left[int(Math.min(left.length, AT_ONCE))]?.shift()
    if (batch === undefined) continue
    sendings.push({ what: 'batch', batch })
    if (isDrawn(0.1)) sendings.push({ what: 'batch', batch: serverBatch() })
    if (isDrawn(0.1)) sendings.splice(int(sendings.length), 0, { what: 'batch', batch })
    if (isDrawn(0.02)) {
      const i = 2 * int(people.length / 2)
      sendings.push({ what: 'merge', from: `u-${i}`, into: `u-${i + 1}` })
    }
    // An answer was lost.
    const again = sendings[int(sendings.length)]
    if (isDrawn(0.15) && again !== undefined) sendings.push(again)
  }
  return sendings
}
