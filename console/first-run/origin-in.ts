/** The origin of what was typed or pasted: a name, an address of some page. `undefined`: it is none of a shop. */
export function originIn(text: string): string | undefined {
  const typed = text.trim()
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(typed)
    ? typed
    : `${OWN_MACHINE.test(typed) ? 'http' : 'https'}://${typed}`
  try {
    const { protocol, origin, hostname } = new URL(address)
    const isWeb = protocol === 'https:' || protocol === 'http:'
    const isName = hostname === 'localhost' || /[^.]\.[^.]/.test(hostname)
    return isWeb && isName ? origin : undefined
  } catch {
    return undefined
  }
}

/** What runs there has no certificate. */
const OWN_MACHINE = /^(127\.0\.0\.1|(.+\.)?localhost)(:|\/|$)/i

/** The same shop with `www.`, or without it: visitors come by both. */
export function twinOf(origin: string): string | undefined {
  const { protocol, hostname, port } = new URL(origin)
  const isAddress = /^[\d.]+$|^\[/.test(hostname)
  if (isAddress || !hostname.includes('.') || hostname.endsWith('.localhost')) {
    return undefined
  }
  const twin = hostname.startsWith('www.') ? hostname.slice(4) : `www.${hostname}`
  // A shop at shop.example.com has no www.
  const isBare =
    twin.startsWith('www.') &&
    hostname.split('.').length > 2 &&
    !/\.(com?|net|org|gov|edu)\.[a-z]{2}$/.test(hostname)
  return isBare ? undefined : `${protocol}//${twin}${port === '' ? '' : `:${port}`}`
}
