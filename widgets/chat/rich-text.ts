import { safeLink } from '../kit/link.ts'

/** A piece of what somebody wrote: text, or an address that may be followed. */
export interface Piece {
  readonly text: string
  readonly url?: string
}

const FOUND = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi
/** Belongs to the sentence, not to the address. */
const AFTER = /[.,;:!?)\]}»”’]+$/

/** `text` with its addresses found. What is shown of one is where it leads: look-alike letters are spelled in ASCII. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(FOUND)) {
    const found = match[0].replace(AFTER, '')
    const url = addressOf(found)
    if (url === undefined) continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) })
    pieces.push({ text: shownOf(found, url), url })
    at = match.index + found.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}

function addressOf(found: string): string | undefined {
  const isWeb = /^(https?:|www\.)/i.test(found)
  const url = isWeb ? found.replace(/^www\./i, 'https://www.') : `mailto:${found}`
  try {
    const { href, username } = new URL(url)
    // `https://bank.example@elsewhere.example` leads elsewhere.
    return username && isWeb ? undefined : safeLink(href)
  } catch {
    // no address after all
    return undefined
  }
}

function shownOf(found: string, url: string): string {
  return /^https?:/.test(url) && new URL(url).hostname.includes('xn--') ? url : found
}
