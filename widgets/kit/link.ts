/** `url` where following it runs nothing; carts and designs may hold any text. */
export function safeLink(url: string | undefined): string | undefined {
  return url !== undefined && /^(https?|mailto|tel):$/.test(protocolOf(url)) ? url : undefined
}

/** `url` where it can only be a picture from a server. */
export function safePicture(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:$/.test(protocolOf(url)) ? url : undefined
}

/** Whether following `url` leaves the visitor on this page. */
export function isSamePage(url: string): boolean {
  const { origin, pathname, search } = new URL(url, location.href)
  return origin + pathname + search === location.origin + location.pathname + location.search
}

function protocolOf(url: string): string {
  try {
    return new URL(url, location.href).protocol
  } catch {
    // no address at all
    return ''
  }
}
