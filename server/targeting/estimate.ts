import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AudienceEstimate, SubjectKind } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import { documentOf } from '../events/service.ts'
import { compile, type CompiledCondition } from './compile.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { factsOf } from './judge.ts'
import { readFacts } from './reading.ts'
import type { Parts } from './rejudge.ts'
import { countSubjects, sampleAfter, type SampledSubject } from './sample-store.ts'

/** Half of what an answer may take, for the last rows may take long and the server has more to do. */
const BUDGET_MS = 150
/** Rows read at once; after each, requests have their turn. */
const CHUNK = 32
const MOST_LOOKED_AT = 4_000
/** 95 of 100. */
const Z = 1.96

/** More would wait longer than whoever asks does. */
const MOST_WAITING = 8

/** Counts for one request at a time, so that however many ask, events and pages go on. */
export function createEstimates(
  given: Omit<EstimateDeps, 'now' | 'start' | 'isGone'> & {
    readonly now: () => number
    readonly newStart: () => Buffer
  },
): (shopId: number, condition: Condition, isGone: () => boolean) => Promise<AudienceEstimate> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function count(shopId: number, condition: Condition, isGone: () => boolean) {
    const { now, newStart, ...deps } = given
    const found = await estimate(
      { ...deps, now: now(), start: newStart(), isGone },
      shopId,
      condition,
    )
    if (found === undefined) throw new Error(`There is no shop ${shopId}`)
    return found
  }

  return async (shopId, condition, isGone) => {
    if (waiting >= MOST_WAITING) {
      throw new Refusal('too_many_requests', 'Too many are counting: wait 1 s', {
        retryAfterSeconds: 1,
      })
    }
    waiting += 1
    const counted = last.then(() => count(shopId, condition, isGone))
    last = counted.catch(() => undefined)
    return counted.finally(() => {
      waiting -= 1
    })
  }
}

interface EstimateDeps extends Parts {
  readonly handle: Handle
  readonly definitions: DefinitionCache
  readonly now: number
  /** Ms that pass, whatever the clock shows. */
  readonly elapsed: () => number
  /** Where in the order of ids to begin: ids are random, so whoever follows there is a sample. */
  readonly start: Buffer
  /** Nobody waits for it any more. */
  readonly isGone: () => boolean
}

/** One kind of subject: how many there are, and what was found among those looked at. */
interface Stratum {
  readonly kind: SubjectKind
  readonly total: number
  /** The last that was looked at. */
  after: Buffer | undefined
  /** Past the end of the ids, from their beginning up to the start. */
  hasWrapped: boolean
  isDone: boolean
  looked: number
  people: number
  matching: number
}

/** How many a condition is true of now: of everybody where they are few, else by a sample, in bounded time. */
async function estimate(
  deps: EstimateDeps,
  shopId: number,
  condition: Condition,
): Promise<AudienceEstimate | undefined> {
  const { handle, definitions, elapsed, isGone } = deps
  const found = await definitions.of(handle, shopId)
  if (found === undefined) return undefined
  const strata = [
    newStratum('visitor', await countSubjects(handle, shopId, 'visitor')),
    newStratum('customer', await countSubjects(handle, shopId, 'customer')),
  ]
  const asked = { shopId, timeZone: found.timeZone, compiled: compile(condition) }
  const startedAt = elapsed()
  for (;;) {
    const next = leastLookedAt(strata)
    const looked = strata.reduce((sum, it) => sum + it.looked, 0)
    const isEnough = looked >= MOST_LOOKED_AT || elapsed() - startedAt > BUDGET_MS
    if (next === undefined || isEnough || isGone()) break
    await lookAtSome(deps, asked, next)
    await nextTurn()
  }
  return answerOf(strata)
}

function newStratum(kind: SubjectKind, total: number): Stratum {
  const seen = { looked: 0, people: 0, matching: 0 }
  return { kind, total, after: undefined, hasWrapped: false, isDone: total === 0, ...seen }
}

/** Those of whom the smallest part was looked at, so that both kinds are seen alike. */
function leastLookedAt(strata: readonly Stratum[]): Stratum | undefined {
  const left = strata.filter(({ isDone }) => !isDone)
  return left.toSorted((one, other) => one.looked / one.total - other.looked / other.total)[0]
}

interface Asked {
  readonly shopId: number
  readonly timeZone: string
  readonly compiled: CompiledCondition
}

async function lookAtSome(deps: EstimateDeps, asked: Asked, stratum: Stratum): Promise<void> {
  const { handle, start } = deps
  const { kind, after, hasWrapped } = stratum
  const place = hasWrapped ? { after, before: start } : { after, from: start }
  const rows = await sampleAfter(handle, asked.shopId, kind, { ...place, limit: CHUNK })
  stratum.looked += rows.length
  stratum.after = rows.at(-1)?.publicId
  if (rows.length < CHUNK) {
    stratum.isDone = hasWrapped
    stratum.hasWrapped = true
    stratum.after = undefined
  }
  const people = rows.filter(({ isPerson, profile }) => isPerson && profile !== null)
  stratum.people += people.length
  stratum.matching += await countMatching(deps, asked, kind, people)
}

async function countMatching(
  { handle, customerParts, chatParts, now }: EstimateDeps,
  { shopId, timeZone, compiled }: Asked,
  kind: SubjectKind,
  people: readonly SampledSubject[],
): Promise<number> {
  const ids = people.map(({ id }) => id)
  const isAsked = kind === 'customer' && compiled.reads.has('customer') && ids.length > 0
  const parts = isAsked ? await customerParts(handle, shopId, ids) : undefined
  const chats = compiled.reads.has('chat') ? await chatParts(handle, shopId, kind, ids) : undefined
  let matching = 0
  for (const { id, profile } of people) {
    if (profile === null) continue
    const customer = parts?.get(id)
    const chat = chats?.get(id)
    const known = {
      document: documentOf(profile.document),
      consent: profile.consent,
      ...(customer !== undefined && { customer }),
      ...(chat !== undefined && { chat }),
    }
    const memberIds = new Set(Object.keys(profile.audiences))
    if (compiled.holds(readFacts(factsOf(known, { timeZone, now, memberIds })))) matching += 1
  }
  return matching
}

function answerOf(strata: readonly Stratum[]): AudienceEstimate {
  const sum = (of: (stratum: Stratum) => number) =>
    strata.reduce((total, stratum) => total + of(stratum), 0)
  const seen = sum(({ matching }) => matching)
  const lookedAt = sum(({ people }) => people)
  if (strata.every(({ isDone }) => isDone)) {
    return { matching: seen, of: lookedAt, isExact: true, atLeast: seen, atMost: seen, lookedAt }
  }
  const parts = strata.map((stratum) => ({ ...shareOf(stratum), total: stratum.total }))
  const matching = parts.reduce((all, { share, total }) => all + share * total, 0)
  const of = sum(({ looked, people, total }) => (looked === 0 ? 0 : (people / looked) * total))
  // Each kind's uncertainty is its own: they add as squares do.
  const spread = (end: 'low' | 'high') =>
    Math.hypot(...parts.map((part) => (part[end] - part.share) * part.total))
  return {
    matching: Math.round(matching),
    of: Math.round(of),
    isExact: false,
    atLeast: Math.max(seen, Math.floor(matching - spread('low'))),
    atMost: Math.min(Math.round(of), Math.ceil(matching + spread('high'))),
    lookedAt,
  }
}

/** The part that matches, with Wilson's interval, which holds for rare ones too. */
function shareOf({ looked: n, matching }: Stratum): { share: number; low: number; high: number } {
  if (n === 0) return { share: 0, low: 0, high: 0 }
  const share = matching / n
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
