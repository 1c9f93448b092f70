/** Words of a sentence's middle, as its beginning. */
export function sentenceCase(text: string, language: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase(language) + text.slice(first.length)
}
