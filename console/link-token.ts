/**
 * The token of the link that opened the page. It is in the fragment, which browsers send to nobody; it must not stay
 * where people copy addresses. `survivesReload`: the tab remembers it for this page, for a link that is used only later.
 */
export function takeLinkToken({ survivesReload }: { survivesReload: boolean }): string | undefined {
  const token = location.hash.slice(1)
  if (token === '') return survivesReload ? rememberedToken(history.state) : undefined
  history.replaceState(
    survivesReload ? { linkToken: token } : null,
    '',
    location.pathname + location.search,
  )
  return token
}

function rememberedToken(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('linkToken' in state)) return undefined
  return typeof state.linkToken === 'string' ? state.linkToken : undefined
}
