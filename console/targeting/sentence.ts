/** A piece of a sentence: words, or the name of a place that is filled. */
export type Piece = { readonly words: string } | { readonly place: string }

/** `who {did} a product` → “who ”, the place `did`, “ a product”. */
export function piecesOf(sentence: string): readonly Piece[] {
  const pieces = sentence.split(/(\{\w+\})/).map((piece) => piece.trim())
  return pieces
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? { place: piece.slice(1, -1) } : { words: piece }))
}

/** The sentence with its places filled; where nothing stands at one, neither does a space. */
export function filledSentence(sentence: string, wordsAt: (place: string) => string): string {
  return piecesOf(sentence)
    .map((piece) => ('place' in piece ? wordsAt(piece.place) : piece.words))
    .filter((words) => words !== '')
    .join(' ')
    .replaceAll(/ ([,.])/g, '$1')
}
