import type { LeafOf, Scope } from '#protocol/leaf.ts'
import type { PageTally, Touch } from '../../events/service.ts'
import { numberTest, turningPoints } from '../compare/numbers.ts'
import { textTest } from '../compare/texts.ts'
import { activityOf, type Reading } from '../reading.ts'
import { countSince, timesLeaving } from '../window.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'
import { counting, keyOf } from './counting.ts'

const SECOND_MS = 1_000

export function compilePageSeen(leaf: LeafOf<'pageSeen'>): CompiledLeaf {
  const { scope, path, types, within, count } = leaf
  const pathTest = path && textTest(path)
  const typesWanted = types && new Set(types)
  const isMeant = (seenPath: string, { type }: PageTally, now: number) =>
    (pathTest === undefined || pathTest.holds(seenPath, now)) &&
    (typesWanted === undefined || (type !== undefined && typesWanted.has(type)))
  const pagesMeant = ({ facts, now }: Reading): readonly PageTally[] => {
    const pages = activityOf(facts, scope)?.pages ?? {}
    const meant: PageTally[] = []
    for (const seenPath of Object.keys(pages)) {
      const page = pages[seenPath]
      if (page !== undefined && isMeant(seenPath, page, now)) meant.push(page)
    }
    return meant
  }

  return counting({
    key: keyOf(leaf, 'count'),
    reads: ['pages'],
    within,
    test: numberTest(count),
    total: (reading, since) =>
      pagesMeant(reading).reduce((sum, page) => sum + countSince(page, since), 0),
    leaving: (reading, span) =>
      pagesMeant(reading).flatMap((page) => timesLeaving(page, span, reading.now)),
  })
}

export function compilePage({ field, test }: LeafOf<'page'>): CompiledLeaf {
  return judging(['page'], (reading) => pageField(reading, field), textTest(test))
}

function pageField(reading: Reading, field: LeafOf<'page'>['field']): string | undefined {
  if (field === 'host' || field === 'path') return reading.address()?.[field]
  const value = reading.facts.page?.[field]
  // A page without a referrer or title tells so by an empty text.
  return value === '' ? undefined : value
}

export function compileSource({ touch, field, test }: LeafOf<'source'>): CompiledLeaf {
  return judging(['touch'], (reading) => touchField(touchOf(reading, touch), field), textTest(test))
}

function touchOf({ facts }: Reading, which: LeafOf<'source'>['touch']): Touch | undefined {
  switch (which) {
    case 'session':
      return facts.session?.touch
    case 'first':
      return facts.profile?.firstTouch
    case 'last':
      return facts.profile?.lastTouch
  }
}

function touchField(
  touch: Touch | undefined,
  field: LeafOf<'source'>['field'],
): string | undefined {
  return field === 'clickId' ? touch?.clickId?.name : touch?.[field]
}

export function compileVisits(leaf: LeafOf<'visits'>): CompiledLeaf {
  const { within, count } = leaf
  return counting({
    key: keyOf(leaf, 'count'),
    reads: ['visit'],
    within,
    test: numberTest(count),
    total: ({ facts: { profile } }, since) =>
      profile === undefined ? 0 : countSince(profile.visits, since),
    leaving: ({ facts: { profile }, now }, span) =>
      profile === undefined ? [] : timesLeaving(profile.visits, span, now),
  })
}

/** Who is here for the first time is new, and who can't be recognised as well. */
export function compileVisitor({ is }: LeafOf<'visitor'>): CompiledLeaf {
  const seen = ({ facts }: Reading) =>
    (facts.profile?.visits.count ?? 0) > 1 ? 'returning' : 'new'
  return { reads: ['visit'], seen, holds: (reading) => seen(reading) === is }
}

/** Whole seconds. A session lasts as long as it is asked about; over all visits it is what was measured. */
export function compileTimeOnSite({ scope, seconds }: LeafOf<'timeOnSite'>): CompiledLeaf {
  const { holds } = numberTest(seconds)
  const points = turningPoints(seconds)
  const seen = (reading: Reading) => secondsOnSite(reading, scope)
  return {
    reads: ['visit'],
    seen,
    holds: (reading) => holds(seen(reading), reading.now),
    nextChangeAt({ facts: { session }, now }) {
      if (scope === 'profile' || session === undefined) return undefined
      const turns = points.map((point) => session.startedAt + point * SECOND_MS)
      return earliestAfter(now, turns)
    },
  }
}

function secondsOnSite({ facts, now }: Reading, scope: Scope): number {
  if (scope === 'profile') return Math.floor(facts.profile?.secondsOnSite ?? 0)
  const startedAt = facts.session?.startedAt ?? now
  return Math.max(0, Math.floor((now - startedAt) / SECOND_MS))
}

function earliestAfter(now: number, times: readonly number[]): number | undefined {
  const later = times.filter((at) => at > now)
  return later.length === 0 ? undefined : Math.min(...later)
}
