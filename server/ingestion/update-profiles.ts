import type { SubjectKind } from '#protocol/audiences.ts'
import type { Consent } from '#protocol/events.ts'
import { PURPOSES } from '#protocol/names.ts'
import { together } from '../db/together.ts'
import {
  documentOf,
  documentText,
  newDocument,
  profileOrders,
  reduce,
  sessionFacts,
  type EventSession,
  type FactKey,
  type PagePart,
  type ProfileDocument,
  type ProfileEvent,
  type ProfileInput,
  type ProfileRow,
  type ProfileStore,
  type Subject,
} from '../events/service.ts'

/** What one batch brought to somebody's profile. */
export interface ProfileChange {
  readonly shopId: number
  /** Null: told of a customer, not of a visitor. */
  readonly visitorRow: number | null
  readonly customerRow: number | null
  readonly consent: Consent | null
  /** Those that were stored, and no others: each must count once. */
  readonly events: readonly ProfileInput[]
  /** Where the visitor was, of the newest of them. */
  readonly page?: PagePart
  /** Something was told of the customer itself, so that it has a profile even if no event is its own. */
  readonly isTold?: boolean
  /** Another visitor has become this one, with whatever is known of them elsewhere. */
  readonly isJoined?: boolean
  /** These are all its events there are: the profile begins anew with them. */
  readonly isWhole?: boolean
}

/** A profile that has just been brought up to date. */
export interface UpdatedProfile {
  readonly subject: Subject
  readonly document: ProfileDocument
  readonly changed: ReadonlySet<FactKey>
  /** Nobody had a profile of this subject before. */
  readonly isNew: boolean
  readonly consent: Consent | null
  /** Where the visitor is now, if this commit brought a page. */
  readonly page?: PagePart
  readonly audiences: Readonly<Record<string, number>>
  readonly reconsiderAt: number | null
}

/** What a decider of audiences answers; it writes its own rows itself. */
export interface Membership {
  readonly audiences: Readonly<Record<string, number>>
  readonly reconsiderAt: number | null
}

/** Works out audiences in the commit that changed the profiles; one answer a profile, in order. */
export type JudgeProfiles = (profiles: readonly UpdatedProfile[]) => Promise<readonly Membership[]>

/**
 * Brings profiles up to date with what a commit stored. The commit holds the visitors' and customers' rows, so nobody
 * else changes their profiles meanwhile.
 */
export async function updateProfiles(
  store: ProfileStore,
  changes: readonly ProfileChange[],
  judge: JudgeProfiles,
): Promise<void> {
  const lives = livesOf(changes)
  for (const shopLives of groupBy(lives, ({ subject }) => subject.shopId).values()) {
    await updateShop(store, shopLives, judge)
  }
}

/** All that a commit brought to one subject. */
interface Life {
  readonly subject: Subject
  readonly events: ProfileInput[]
  consent: Consent | null
  page: PagePart | undefined
  isTold: boolean
  isWhole: boolean
  isJoined: boolean
}

/** In one order on every node. */
function livesOf(changes: readonly ProfileChange[]): Life[] {
  const lives = new Map<string, Life>()
  for (const change of changes) {
    const { shopId, visitorRow, customerRow, consent, events, page } = change
    const { isTold = false, isWhole = false, isJoined = false } = change
    if (events.length === 0 && !isTold) continue
    if (visitorRow !== null) add('visitor', visitorRow)
    if (customerRow !== null) add('customer', customerRow)

    function add(kind: SubjectKind, id: number) {
      const name = `${shopId} ${kind} ${id}`
      const subject = { kind, shopId, id }
      const life = lives.get(name) ?? {
        subject,
        events: [],
        consent,
        page,
        isTold,
        isWhole,
        isJoined,
      }
      lives.set(name, life)
      life.isTold ||= isTold
      life.isWhole ||= isWhole
      life.isJoined ||= isJoined
      life.consent = consent ?? life.consent
      life.page = page ?? life.page
      life.events.push(...events)
    }
  }
  return [...lives.values()].toSorted((a, b) => a.subject.id - b.subject.id)
}

async function updateShop(
  store: ProfileStore,
  lives: readonly Life[],
  judge: JudgeProfiles,
): Promise<void> {
  const shopId = lives[0]?.subject.shopId ?? 0
  const [visitor, customer] = await together([
    store.find('visitor', shopId, idsOf(lives, 'visitor')),
    store.find('customer', shopId, idsOf(lives, 'customer')),
  ])
  const known = { visitor, customer }
  const drafts = lives.map(({ subject: { kind, id }, isWhole }) => {
    const row = known[kind].get(id)
    const beginsAnew = row === undefined || isWhole
    return { row, draft: beginsAnew ? newDocument() : documentOf(row.document) }
  })
  const missing = missingSessions(lives, drafts)
  const rows = missing.length === 0 ? undefined : await store.sessions(shopId, missing)
  const sessions = new Map([...(rows ?? [])].map(([id, row]) => [id, sessionFacts(row)]))

  const updated = lives.map(
    ({ subject, events, page, isTold, isJoined, ...life }, i): UpdatedProfile => {
      const { row, draft } = drafts[i] ?? { row: undefined, draft: newDocument() }
      const seen = events.map((input) => profileEventOf(input, sessions))
      const changed = seen.length === 0 ? new Set<FactKey>() : reduce(draft, seen)
      if (page !== undefined) changed.add('page')
      if (isTold) changed.add('customer')
      // Whoever was joined to them may have talked.
      if (isJoined) changed.add('chat')
      // Who says nothing of it has not taken it back.
      const consent = life.consent ?? row?.consent ?? null
      if (!isSameConsent(consent, row?.consent ?? null)) changed.add('consent')
      return {
        subject,
        document: draft,
        changed,
        isNew: row === undefined,
        consent,
        audiences: row?.audiences ?? {},
        reconsiderAt: row?.reconsiderAt ?? null,
        ...(page !== undefined && { page }),
      }
    },
  )
  const memberships = await judge(updated)
  await together([
    save(store, 'visitor', updated, memberships, drafts),
    save(store, 'customer', updated, memberships, drafts),
  ])
}

function isSameConsent(one: Consent | null, other: Consent | null): boolean {
  return PURPOSES.every((purpose) => one?.[purpose] === other?.[purpose])
}

type ProfileDraft = ReturnType<typeof newDocument>

interface Draft {
  readonly row: ProfileRow | undefined
  readonly draft: ProfileDraft
}

function idsOf(lives: readonly Life[], wanted: SubjectKind): number[] {
  return lives.flatMap(({ subject: { kind, id } }) => (kind === wanted ? [id] : []))
}

/** Sessions that a profile has not counted yet. */
function missingSessions(lives: readonly Life[], drafts: readonly Draft[]): number[] {
  const missing = new Set<number>()
  for (const [i, { events }] of lives.entries()) {
    const counted = new Set(drafts[i]?.draft.sessions.map(({ id }) => id))
    for (const { sessionRow } of events) {
      if (sessionRow !== null && !counted.has(String(sessionRow))) missing.add(sessionRow)
    }
  }
  return [...missing]
}

/** A session that the profile has counted needs no more than its id. */
function profileEventOf(
  { event, sessionRow }: ProfileInput,
  sessions: ReadonlyMap<number, EventSession>,
): ProfileEvent {
  if (sessionRow === null) return event
  // Field by field: a spread takes ten times as long, and every event comes by here.
  return {
    id: event.id,
    at: event.at,
    type: event.type,
    name: event.name,
    url: event.url,
    pageType: event.pageType,
    properties: event.properties,
    commerce: event.commerce,
    isVerified: event.isVerified,
    session: sessions.get(sessionRow) ?? { id: String(sessionRow), startedAt: 0 },
  }
}

async function save(
  store: ProfileStore,
  kind: SubjectKind,
  updated: readonly UpdatedProfile[],
  memberships: readonly Membership[],
  drafts: readonly Draft[],
): Promise<void> {
  const rows = updated.flatMap(({ subject, document, consent }, i): ProfileRow[] => {
    if (subject.kind !== kind) return []
    const { audiences, reconsiderAt } = memberships[i] ?? { audiences: {}, reconsiderAt: null }
    return [
      {
        subjectId: subject.id,
        shopId: subject.shopId,
        version: (drafts[i]?.row?.version ?? 0) + 1,
        document: documentText(document),
        consent,
        audiences,
        reconsiderAt,
        lastAt: document.lastAt,
        visits: document.visits.count,
        orders: profileOrders(document),
      },
    ]
  })
  if (rows.length > 0) await store.save(kind, rows)
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}
