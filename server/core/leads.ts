import { Refusal } from './errors.ts'
import type { SecretKeyCall } from './secret-key-guard.ts'

/**
 * Members who may read people and not change them find those to whom something leads, a name or an id: a list of all is
 * none of theirs. Refuses with `bad_request`. Keys read what their scope says.
 */
export function requireLead(
  { by, scopes }: Pick<SecretKeyCall, 'by' | 'scopes'>,
  permission: 'customers' | 'orders',
  lead: string | undefined,
): void {
  if (mayListAll({ by, scopes }, permission) || lead !== undefined) return
  throw new Refusal('bad_request', 'search: name whom you look for, by name, address or id')
}

/** Whether they may read all of them, one after the other. */
export function mayListAll(
  { by, scopes }: Pick<SecretKeyCall, 'by' | 'scopes'>,
  permission: 'customers' | 'orders',
): boolean {
  if (!scopes.includes(`${permission}:read`)) return false
  return by.kind !== 'member' || scopes.includes(`${permission}:write`)
}
