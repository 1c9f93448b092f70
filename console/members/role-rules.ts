import type { Role, ShopMember } from '#protocol/account.ts'

/** As protocol/account.ts has them, which this page does not load: it comes with the schemas. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'operator', 'host']

/** Why something is not offered: `last_owner`: the shop would have none; `only_owner`: an owner decides that. */
export type RoleHindrance = 'last_owner' | 'only_owner'

/** The shop has no owner but this one. */
export function isLastOwner(member: ShopMember, members: readonly ShopMember[]): boolean {
  if (!member.roles.includes('owner')) return false
  return members.every(({ id, roles }) => id === member.id || !roles.includes('owner'))
}

/** The roles that somebody with `own` ones may give and take. */
export function grantableRoles(own: readonly Role[]): readonly Role[] {
  if (own.includes('owner')) return ROLES
  return own.includes('admin') ? ROLES.filter((role) => role !== 'owner') : []
}

/** What stands against changing this member's roles at all; undefined: nothing. */
export function whyNotChanged(member: ShopMember, own: readonly Role[]): RoleHindrance | undefined {
  return member.roles.includes('owner') && !own.includes('owner') ? 'only_owner' : undefined
}

/** How many keys of theirs stop working with these roles; `some`: those that do more than an admin's. */
export function keysLost(
  { roles: held, keyCount }: ShopMember,
  roles: readonly Role[],
): number | 'some' {
  if (roles.includes('owner') || keyCount === 0) return 0
  if (!roles.includes('admin')) return keyCount
  return held.includes('owner') ? 'some' : 0
}

/** What stands against the member's going, by themselves or another's hand. */
export function whyNotGone(
  member: ShopMember,
  { members, own }: { readonly members: readonly ShopMember[]; readonly own: readonly Role[] },
): RoleHindrance | undefined {
  if (isLastOwner(member, members)) return 'last_owner'
  return whyNotChanged(member, own)
}
