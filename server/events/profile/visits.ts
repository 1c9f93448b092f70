import { firstTouch, lastTouch } from '../attribution.ts'
import type { FactKey } from '../profile-shape.ts'
import { mergeActivity } from './activity.ts'
import {
  newActivity,
  type DocumentDraft,
  type ProfileDocument,
  type SessionMark,
  type StoredSession,
} from './document.ts'
import type { Draft } from './draft.ts'
import type { EventSession } from './profile-event.ts'
import { addTime, mergeTally } from './tally.ts'

/** A late event of a session older than these makes no visit of it again. */
const MAX_SESSIONS = 50

/** Notes that `session` had an event at `at`. True: it is the newest one, whose activity is kept. */
export function addVisit(
  draft: DocumentDraft,
  session: EventSession,
  at: number,
  changed: Set<FactKey>,
): boolean {
  const mark = draft.sessions.find(({ id }) => id === session.id)
  if (mark !== undefined) {
    if (at > mark.lastAt) mark.lastAt = at
    changed.add('visit')
    return draft.session?.id === session.id
  }
  const { id, startedAt } = session
  if (!keepMark(draft, { id, startedAt, lastAt: Math.max(at, startedAt) })) return false
  addTime(draft.visits, startedAt, draft.newestDay)
  changed.add('visit')
  if (session.touch !== undefined) {
    draft.firstTouch = firstTouch(draft.firstTouch ?? null, session.touch)
    draft.lastTouch = lastTouch(draft.lastTouch ?? null, session.touch)
    changed.add('touch')
  }
  if (draft.sessions[0]?.id !== id) return false
  draft.session = { ...session, activity: newActivity() } as Draft<StoredSession>
  changed.add('device').add('place')
  return true
}

/** False: it is older than all that are kept. */
function keepMark(draft: DocumentDraft, mark: Draft<SessionMark>): boolean {
  const { sessions } = draft
  let place = 0
  for (const other of sessions) {
    if (compareMarks(other, mark) < 0) break
    place += 1
  }
  if (place >= MAX_SESSIONS) return false
  sessions.splice(place, 0, mark)
  if (sessions.length > MAX_SESSIONS) {
    const oldest = sessions.pop()
    if (oldest !== undefined) draft.olderMs += lengthOf(oldest)
  }
  return true
}

function compareMarks(a: SessionMark, b: SessionMark): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : Number(a.id > b.id))
}

function lengthOf({ startedAt, lastAt }: SessionMark): number {
  return Math.max(0, lastAt - startedAt)
}

export function secondsOnSite({ olderMs, sessions }: ProfileDocument): number {
  const ms = sessions.reduce((sum, mark) => sum + lengthOf(mark), olderMs)
  return Math.floor(ms / 1000)
}

export function mergeVisits(into: DocumentDraft, other: ProfileDocument): void {
  const { newestDay } = into
  mergeTally(into.visits, other.visits, newestDay)
  into.olderMs += other.olderMs
  for (const theirs of other.sessions) {
    const ours = into.sessions.find(({ id }) => id === theirs.id)
    if (ours === undefined) keepMark(into, { ...theirs })
    else {
      ours.lastAt = Math.max(ours.lastAt, theirs.lastAt)
      uncount(into, theirs.startedAt)
    }
  }
  if (other.firstTouch !== undefined) {
    into.firstTouch = firstTouch(into.firstTouch ?? null, other.firstTouch)
  }
  if (other.lastTouch !== undefined) {
    into.lastTouch = lastTouch(into.lastTouch ?? null, other.lastTouch)
  }
  mergeSession(into, other.session)
}

/** Both had counted the session that turned out to be one. */
function uncount({ visits }: DocumentDraft, startedAt: number): void {
  const place = visits.recentAt.indexOf(startedAt)
  if (place === -1) return
  visits.recentAt.splice(place, 1)
  visits.count -= 1
}

function mergeSession(into: DocumentDraft, theirs: StoredSession | undefined): void {
  if (theirs === undefined) return
  const ours = into.session
  if (ours?.id === theirs.id) mergeActivity(ours.activity, theirs.activity, into.newestDay)
  else if (into.sessions[0]?.id === theirs.id) {
    into.session = structuredClone(theirs) as Draft<StoredSession>
  }
}
