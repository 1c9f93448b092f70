import type { Permission, Role } from '#protocol/account.ts'

/** What only an owner may: as server/account/permissions.ts has it, which a test holds this to. */
const OWNERS_ALONE: readonly Permission[] = ['deletion', 'keys']

/** Roles to whom pages are open that others can't see. */
export function rolesFor(permission: Permission): readonly Role[] {
  return OWNERS_ALONE.includes(permission) ? ['owner'] : ['owner', 'admin']
}
