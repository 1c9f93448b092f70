const LONE_HALF = /\p{Surrogate}/u
const LONE_HALVES = /\p{Surrogate}/gu

/** `text` as both databases keep it: without NUL characters; half of a surrogate pair becomes U+FFFD. */
export function wellFormed(text: string): string {
  // PostgreSQL refuses both, in text and in JSON, and with them the whole commit.
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text
  return LONE_HALF.test(whole) ? whole.replaceAll(LONE_HALVES, '\uFFFD') : whole
}
