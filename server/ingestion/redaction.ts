import { redactText, redactUrl } from '#protocol/redact.ts'

const MAX_KNOWN = 2_000

export interface Redaction {
  url(url: string): string
  /** Empty where the text looks private. */
  text(text: string): string
}

/** The rule of the tag again, for not only our tag sends. Remembers, for a shop's pages repeat. */
export function createRedaction(): Redaction {
  return {
    url: remembered(redactUrl),
    text: remembered((text) => redactText(text) ?? ''),
  }
}

function remembered(redact: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text === '') return ''
    const redacted = known.get(text)
    if (redacted !== undefined) return redacted
    const fresh = redact(text)
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MAX_KNOWN) known.delete(oldest)
    known.set(text, fresh)
    return fresh
  }
}
