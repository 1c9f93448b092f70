/**
 * Whether a whole text has the form of `pattern`: `*` is any characters or none, `?` one, the rest itself. Each piece
 * between stars is taken where it first fits, which is never worse than later: no step is ever taken back, so the time is
 * at most text × longest piece.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const pieces = pattern.split(/\*+/)
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  if (pieces.length === 1) return (text) => text.length === first.length && fits(first, text, 0)
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '')
  return (text) => {
    const end = text.length - last.length
    if (end < first.length || !fits(first, text, 0) || !fits(last, text, end)) return false
    let at = first.length
    for (const piece of middle) {
      at = placeOf(piece, text, at, end)
      if (at < 0) return false
    }
    return true
  }
}

/** Just after the first place where `piece` fits between `from` and `end`; −1 where it nowhere does. */
function placeOf(piece: string, text: string, from: number, end: number): number {
  if (!piece.includes('?')) {
    const at = text.indexOf(piece, from)
    return at < 0 || at + piece.length > end ? -1 : at + piece.length
  }
  for (let at = from; at + piece.length <= end; at += 1) {
    if (fits(piece, text, at)) return at + piece.length
  }
  return -1
}

function fits(piece: string, text: string, at: number): boolean {
  if (!piece.includes('?')) return text.startsWith(piece, at)
  for (let i = 0; i < piece.length; i += 1) {
    if (piece[i] !== '?' && piece[i] !== text[at + i]) return false
  }
  return true
}
