import type { Words } from '../words.ts'
import { toldScopes, type Subject } from './scope-choice.ts'

/** What a key may do, a line each: “Read and change: products and orders”. */
export function scopeLines(scopes: readonly string[], { t, list }: Words): readonly string[] {
  const { isAll, both, write, read } = toldScopes(scopes)
  if (isAll) return [t('key.may.all')]
  const named = (subjects: readonly Subject[]) =>
    list(subjects.map((subject) => t(`key.subject.${subject}`)))
  return [
    ...(both.length > 0 ? [t('key.may.both', { list: named(both) })] : []),
    ...(write.length > 0 ? [t('key.may.write', { list: named(write) })] : []),
    ...(read.length > 0 ? [t('key.may.read', { list: named(read) })] : []),
  ]
}
