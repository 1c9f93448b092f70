/**
 * How well `text` is meant by what was `typed`: 0 is not at all, more is better. Its letters must come in order; those
 * that begin words, and those that follow one another, count more. Accents and capitals make no difference.
 */
export function fuzzyScore(text: string, typed: string): number {
  const letters = folded(text)
  const wanted = folded(typed).replaceAll(' ', '')
  let score = 0
  let at = -1
  for (const letter of wanted) {
    const next = nextOf(letters, letter, at)
    if (next === -1) return 0
    if (isWordStart(letters, next)) score += 8
    else if (next === at + 1) score += 4
    else score += 1
    at = next
  }
  // Of two that fit alike, the shorter one is meant.
  return score + 1 / (1 + letters.length)
}

/** The letter that follows, else one that begins a word, else any. */
function nextOf(letters: string, letter: string, at: number): number {
  if (letters[at + 1] === letter) return at + 1
  for (let i = at + 1; i < letters.length; i += 1) {
    if (letters[i] === letter && isWordStart(letters, i)) return i
  }
  return letters.indexOf(letter, at + 1)
}

function isWordStart(letters: string, at: number): boolean {
  return at === 0 || letters[at - 1] === ' '
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
