const ACCENTS = /\p{Diacritic}/gu

/** A text as a search compares it: without accents, in lower case. */
export function folded(text: string): string {
  // ß and its like have no accent to take away, and Turkish has an i without a dot.
  return text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
}

const BEYOND_ASCII = /[^\p{ASCII}]/u

/** To be stored beside a text; null where SQL's `lower` says the same, which on SQLite knows ASCII alone. */
export function foldedBeside(text: string | null | undefined): string | null {
  return text != null && BEYOND_ASCII.test(text) ? folded(text) : null
}
