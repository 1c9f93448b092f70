const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?'
const SUBDOMAINS = new RegExp(`^(?:${LABEL}\\.)+$`)

/**
 * An origin as browsers write it (`https://shop.example`, `http://localhost:3000`), or `https://*.shop.example` for
 * every host below; undefined when `text` is neither. Capitals, a final slash and letters beyond ASCII are put right.
 */
export function parseOrigin(text: string): string | undefined {
  const trimmed = text.trim()
  const isWildcard = /^https:\/\/\*\./i.test(trimmed)
  const url = parseUrl(isWildcard ? trimmed.replace('*.', '') : trimmed)
  if (url === undefined || !isBare(url)) return undefined
  if (!isWildcard) return url.origin
  // `https://*.example` would open a shop to a whole registry; an address has no hosts below it.
  const labels = url.hostname.split('.')
  if (labels.length < 2 || labels.includes('') || /^[\d.]+$/.test(url.hostname)) return undefined
  return url.origin.replace('https://', 'https://*.')
}

/** Whether `origin`, as a browser sent it, is one of `listed`, or lies below a wildcard among them. */
export function isListedOrigin(origin: string, listed: readonly string[]): boolean {
  return listed.some((pattern) =>
    pattern.startsWith('https://*.') ? isBelow(origin, pattern) : origin === pattern,
  )
}

function isBelow(origin: string, pattern: string): boolean {
  if (!origin.startsWith('https://')) return false
  const suffix = pattern.slice('https://*.'.length)
  const host = origin.slice('https://'.length)
  return host.endsWith(suffix) && SUBDOMAINS.test(host.slice(0, -suffix.length))
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function isBare(url: URL): boolean {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  const hasMore = url.pathname !== '/' || url.search !== '' || url.hash !== ''
  return isWeb && !hasMore && url.username === '' && url.password === '' && !url.host.includes('*')
}
