import { and, eq, inArray } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { Handle } from './search-index.ts'

/** Shorter words are others' words as soon as one letter is. */
const LEAST_LETTERS = 4
/** Longer ones would make thousands of spellings. */
const MOST_LETTERS = 24

const ALPHABETS: readonly (readonly [RegExp, string])[] = [
  [/[a-z0-9]/, 'abcdefghijklmnopqrstuvwxyz0123456789'],
  [/\p{Script=Cyrillic}/u, 'абвгдежзийклмнопрстуфхцчшщъыьэюяієґ'],
  [/\p{Script=Greek}/u, 'αβγδεζηθικλμνξοπρστυφχψως'],
]

/** Words of the shop's catalogue that are one letter away from `word`: missing, too many, another, or two swapped. */
export async function wordsNear(
  { sql, t }: Handle,
  shopId: number,
  word: string,
): Promise<string[]> {
  const spellings = spellingsNear(word)
  if (spellings.length === 0) return []
  const found = await sql
    .select({ word: t.productWords.word })
    .from(t.productWords)
    .where(and(eq(t.productWords.shopId, shopId), inArray(t.productWords.word, padded(spellings))))
  return found.map((row) => row.word)
}

/** Each once, without the word itself. */
export function spellingsNear(word: string): string[] {
  const letters = Array.from(word)
  if (letters.length < LEAST_LETTERS || letters.length > MOST_LETTERS) return []
  const alphabet = ALPHABETS.filter(([script]) => script.test(word)).flatMap(([, all]) =>
    Array.from(all),
  )
  const near = new Set<string>()
  for (let at = 0; at <= letters.length; at += 1) {
    const before = letters.slice(0, at).join('')
    const [here = '', next = ''] = [letters[at], letters[at + 1]]
    const behind = letters.slice(at + 1).join('')
    for (const letter of alphabet) near.add(before + letter + here + behind)
    if (here === '') continue
    near.add(before + behind)
    for (const letter of alphabet) near.add(before + letter + behind)
    if (next !== '') near.add(before + next + here + letters.slice(at + 2).join(''))
  }
  near.delete(word)
  return [...near]
}
