import type { AuditEntry } from '#protocol/audit.ts'
import { AUDIT_LOG_PATH } from '#protocol/names.ts'
import { en, type MessageKey } from '../messages/en.ts'

/** What is looked for, as it stands in the page's address. */
export interface AuditFilter {
  /** `member:` with an id, `key`, `command`; empty: anybody. */
  readonly actor: string
  /** A kind of object; empty: any. */
  readonly kind: string
  /** Calendar dates in the reader's zone, the last one included; empty: no bound. */
  readonly from: string
  readonly to: string
}

/** A field that changed; `undefined`: it was not there. */
export interface ChangedField {
  readonly name: string
  readonly before: Told | undefined
  readonly after: Told | undefined
}

/** `isDigest`: long or personal, so that the log keeps only whether it is the same. */
export interface Told {
  readonly text: string
  readonly isDigest: boolean
}

const ACTOR_KINDS: readonly AuditEntry['actor']['kind'][] = ['member', 'key', 'command']

/** Kinds that one can look for; those of later slices are found without a filter. */
export const OBJECT_KINDS = [
  'shop',
  'member',
  'invitation',
  'key',
  'origin',
  'identity',
  'webhook',
  'audience',
  'experience',
  'experience_settings',
  'product',
  'catalog_connection',
  'feed',
  'import',
  'customer',
  'contact_list',
  'order',
  'visitor',
  'list',
  'view',
  'definition',
  'channel',
  'canned_reply',
  'chatbot',
  'chat_settings',
] as const

export function filterIn(query: URLSearchParams): AuditFilter {
  const word = (name: string) => query.get(name) ?? ''
  return {
    actor: word('actor'),
    kind: word('kind'),
    from: dateIn(word('from')),
    to: dateIn(word('to')),
  }
}

/** The page's own address with this filter. */
export function addressOf(path: string, filter: AuditFilter): string {
  const chosen = Object.entries(filter).filter(([, value]) => value !== '')
  return chosen.length === 0 ? path : `${path}?${new URLSearchParams(chosen)}`
}

/** What to ask the server. */
export function askedPath({ actor, kind, from, to }: AuditFilter): string {
  const [actorKind = '', actorName = ''] = actor.split(':')
  const query = new URLSearchParams({ limit: '50' })
  if (ACTOR_KINDS.some((known) => known === actorKind)) query.set('actorKind', actorKind)
  if (actorName !== '') query.set('actorName', actorName)
  if (kind !== '') query.set('objectKind', kind)
  if (from !== '') query.set('from', String(startOf(from, 0)))
  if (to !== '') query.set('to', String(startOf(to, 1)))
  return `${AUDIT_LOG_PATH}?${query}`
}

/** What was done, where there are words for it. */
export function actionKey(action: string): MessageKey | undefined {
  return knownKey(`audit.action.${action}`)
}

export function kindKey(kind: string): MessageKey | undefined {
  return knownKey(`audit.kind.${kind}`)
}

export function changedFields({ before, after }: AuditEntry): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.map((name) => ({ name, before: told(before?.[name]), after: told(after?.[name]) }))
}

/** What people call the object, where the entry says so; else its id. The shop's own settings need neither. */
export function objectName({ object, before, after }: AuditEntry): {
  readonly text: string
  readonly isId: boolean
} {
  const name = after?.['name'] ?? before?.['name']
  return object.id !== '' && typeof name === 'string' && name !== ''
    ? { text: name, isId: false }
    : { text: object.id, isId: true }
}

function told(value: unknown): Told | undefined {
  if (value === undefined) return undefined
  const digest: unknown = Object(value).sha256
  if (typeof digest === 'string') return { text: digest.slice(0, 12), isDigest: true }
  return { text: typeof value === 'string' ? value : JSON.stringify(value), isDigest: false }
}

function knownKey(key: string): MessageKey | undefined {
  return isKnown(key) ? key : undefined
}

function isKnown(key: string): key is MessageKey {
  return Object.hasOwn(en, key)
}

function dateIn(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** Midnight in the reader's zone, so many days later. */
function startOf(date: string, days: number): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day + days).getTime()
}
