import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { OwnAccount, OwnShop, Permission } from '#protocol/account.ts'

/** Whoever is signed in, at one of their shops. */
export interface Session {
  readonly account: OwnAccount
  /** The one that is looked at. */
  readonly shop: OwnShop
  /** Whether their roles in this shop allow it. What is only their own is the page's to know. */
  readonly may: (permission: Permission, access: 'read' | 'edit') => boolean
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** Of any page in the shell; outside of it there is none. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === undefined) throw new Error('There is a session inside of the shell only')
  return session
}

export function sessionOf(account: OwnAccount, shop: OwnShop): Session {
  return { account, shop, may: (permission, access) => mayIn(shop, permission, access) }
}

/** `own`: at least what is their own. */
export function mayIn(
  { permissions }: Pick<OwnShop, 'permissions'>,
  permission: Permission,
  access: 'own' | 'read' | 'edit',
): boolean {
  const held = permissions[permission]
  if (access === 'own') return held !== undefined && held !== 'none'
  return held === 'edit' || held === access
}
