/** `__Host-` binds it to this host and to https; browsers refuse that prefix without https. */
export function sessionCookieName(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-gp_console' : 'gp_console'
}

/** A `Set-Cookie` header: no script can read it, no other site can send it. No token: the browser forgets it. */
export function sessionCookie(
  publicUrl: URL,
  { token, lifetimeMs }: { readonly token: string; readonly lifetimeMs: number },
): string {
  const secure = publicUrl.protocol === 'https:' ? '; Secure' : ''
  const lifetime = `Max-Age=${lifetimeMs / 1_000}`
  return `${sessionCookieName(publicUrl)}=${token}; Path=/; ${lifetime}; HttpOnly; SameSite=Strict${secure}`
}
