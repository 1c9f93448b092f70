const LONE_HALF = /\p{Surrogate}/u
const HALF_AT_END = /[\uD800-\uDBFF]$/
const LONE_HALVES = /\p{Surrogate}/gu

/** `text` as both databases keep it: without NUL characters; half of a surrogate pair becomes U+FFFD. */
export function wellFormed(text: string): string {
  // PostgreSQL refuses both, in text and in JSON, and with them the whole commit.
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text
  return LONE_HALF.test(whole) ? whole.replaceAll(LONE_HALVES, '\uFFFD') : whole
}

/** The beginning of a text, at most so many UTF-16 units, without the half of a character where a cut would part one. */
export function beginningOf(text: string, maxChars: number): string {
  const cut = text.slice(0, maxChars)
  return HALF_AT_END.test(cut) ? cut.slice(0, -1) : cut
}
