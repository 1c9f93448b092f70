/** What an HttpOnly cookie holds where the page asked for one (`data-cookie`). */
export interface CookieIdentity {
  readonly id: string
  readonly token: string
}

/** Thirteen months, never renewed: what authorities allow for measuring an audience. */
const MAX_AGE_SECONDS = 395 * 86_400
const VALUE = /^([\w-]{22})\.([\w-]{43})$/

export interface VisitorCookie {
  read(header: string | undefined): CookieIdentity | undefined
  /** The `Set-Cookie` that keeps `identity`. */
  set(identity: CookieIdentity): string
  /** The `Set-Cookie` that forgets it. */
  readonly clear: string
}

/** `__Host-` binds the cookie to this very host, which browsers allow over https only. */
export function createVisitorCookie(isSecure: boolean): VisitorCookie {
  const name = isSecure ? '__Host-gp_visitor' : 'gp_visitor'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return {
    read(header) {
      const pairs = header?.split(';').map((pair) => pair.trim()) ?? []
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
      const [, id, token] = VALUE.exec(value ?? '') ?? []
      return id === undefined || token === undefined ? undefined : { id, token }
    },
    set: ({ id, token }) => `${name}=${id}.${token}; Max-Age=${MAX_AGE_SECONDS}; ${attributes}`,
    clear: `${name}=; Max-Age=0; ${attributes}`,
  }
}
