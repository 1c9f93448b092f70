import { SCOPES, type Scope } from '#protocol/scopes.ts'

/** What scopes are about: the part of `customers:read` before the colon. */
export type Subject = Scope extends `${infer Name}:${string}` ? Name : never
export type Verb = 'read' | 'write'

/** In groups, as a form shows them. */
export const SUBJECT_GROUPS = {
  shop_data: ['events', 'catalog', 'customers', 'orders', 'conversations'],
  shown: ['audiences', 'experiences', 'figures'],
  settings: ['shop', 'keys', 'webhooks', 'mail', 'jobs', 'audit'],
} as const satisfies Record<string, readonly Subject[]>
export type SubjectGroup = keyof typeof SUBJECT_GROUPS

export const PRESETS = {
  sync: [
    'events:write',
    'catalog:read',
    'catalog:write',
    'customers:read',
    'customers:write',
    'orders:read',
    'orders:write',
  ],
  read: SCOPES.filter((scope) => scope.endsWith(':read')),
  all: SCOPES,
} as const satisfies Record<string, readonly Scope[]>
export type Preset = keyof typeof PRESETS

/** The scope by which a subject is read or changed; undefined where there is none. */
export function scopeOf(subject: Subject, verb: Verb): Scope | undefined {
  return SCOPES.find((scope) => scope === `${subject}:${verb}`)
}

/** What a member may give: nobody gives a scope that they have not themselves. */
export function mayGive(
  scopes: readonly Scope[],
  may: (permission: Subject, access: 'read' | 'edit') => boolean,
): readonly Scope[] {
  const subjects = Object.values(SUBJECT_GROUPS).flat()
  return scopes.filter((scope) => {
    const subject = subjects.find((one) => scope.startsWith(`${one}:`))
    return subject !== undefined && may(subject, scope.endsWith(':read') ? 'read' : 'edit')
  })
}

/** With or without one of them, in the order of the list, so that the same choice is always the same. */
export function toggled(scopes: readonly Scope[], scope: Scope): readonly Scope[] {
  return SCOPES.filter((it) => (it === scope ? !scopes.includes(it) : scopes.includes(it)))
}

/** What a key may do, in as few words as it takes: what it may read and change, change alone, or read alone. */
export interface Told {
  readonly isAll: boolean
  readonly both: readonly Subject[]
  readonly write: readonly Subject[]
  readonly read: readonly Subject[]
}

/** Scopes of a later version of the server, which have no words here, are left out. */
export function toldScopes(scopes: readonly string[]): Told {
  const subjects = Object.values(SUBJECT_GROUPS).flat()
  const may = (subject: Subject, verb: Verb) => scopes.includes(`${subject}:${verb}`)
  return {
    isAll: SCOPES.every((scope) => scopes.includes(scope)),
    both: subjects.filter((it) => may(it, 'read') && may(it, 'write')),
    write: subjects.filter((it) => may(it, 'write') && !may(it, 'read')),
    read: subjects.filter((it) => may(it, 'read') && !may(it, 'write')),
  }
}
