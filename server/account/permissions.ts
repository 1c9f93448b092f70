import {
  ACCESSES,
  PERMISSIONS,
  type Access,
  type Permission,
  type Role,
} from '#protocol/account.ts'

type Row = readonly [owner: Access, admin: Access, operator: Access, host: Access]

/**
 * What each role may do. An admin's `own` keys are those that they made; an operator's `own` conversations those of
 * their channels, a host's `own` live events and availability.
 */
const TABLE: Readonly<Record<Permission, Row>> = {
  shop: ['edit', 'edit', 'none', 'none'],
  deletion: ['edit', 'none', 'none', 'none'],
  members: ['edit', 'edit', 'none', 'none'],
  keys: ['edit', 'own', 'none', 'none'],
  webhooks: ['edit', 'edit', 'none', 'none'],
  mail: ['edit', 'edit', 'none', 'none'],
  jobs: ['edit', 'edit', 'none', 'none'],
  audit: ['read', 'read', 'none', 'none'],
  catalog: ['edit', 'edit', 'read', 'read'],
  events: ['edit', 'edit', 'read', 'none'],
  customers: ['edit', 'edit', 'read', 'none'],
  orders: ['edit', 'edit', 'read', 'none'],
  export: ['edit', 'edit', 'none', 'none'],
  erasure: ['edit', 'edit', 'none', 'none'],
  audiences: ['edit', 'edit', 'read', 'read'],
  experiences: ['edit', 'edit', 'read', 'read'],
  automations: ['edit', 'edit', 'read', 'read'],
  conversations: ['edit', 'edit', 'own', 'none'],
  live: ['edit', 'edit', 'read', 'own'],
  figures: ['read', 'read', 'own', 'own'],
}

const COLUMNS: Readonly<Record<Role, 0 | 1 | 2 | 3>> = { owner: 0, admin: 1, operator: 2, host: 3 }

/** The most that one of the roles allows. */
export function accessOf(roles: readonly Role[], permission: Permission): Access {
  const granted = roles.map((role) => TABLE[permission][COLUMNS[role]])
  return ACCESSES.findLast((access) => granted.includes(access)) ?? 'none'
}

/** What a secret key may do at most that somebody with these roles gives. */
export function scopesOf(roles: readonly Role[]): string[] {
  return PERMISSIONS.flatMap((permission) => {
    const access = accessOf(roles, permission)
    if (access === 'edit') return [`${permission}:read`, `${permission}:write`]
    return access === 'read' ? [`${permission}:read`] : []
  })
}

export function permissionsOf(roles: readonly Role[]): Readonly<Record<string, Access>> {
  return Object.fromEntries(
    PERMISSIONS.map((permission) => [permission, accessOf(roles, permission)]),
  )
}
