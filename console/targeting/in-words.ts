import type { Condition } from '#protocol/targeting.ts'
import type { Words } from '../words.ts'
import { LEAF_TEXTS, isKnownLeaf, slotsOf } from './slots-of.ts'
import { leafWords, NO_NAMES, type TargetingNames } from './slot-words.ts'

/** A condition as one sentence: “Visitors who viewed a product at least 3 times in the last 7 days”. */
export function targetingInWords(
  condition: Condition,
  words: Words,
  names: TargetingNames = NO_NAMES,
): string {
  const { t } = words
  if (isEverybody(condition)) return t('target.everybody')
  if (condition.kind === 'any' && condition.of.length === 0) return t('target.nobody')
  const { is, isNot } = sidesOf(condition)
  const except = isNot.length > 0 ? exceptWords(isNot, words, names) : ''
  if (is.length === 0) return t('target.everybody_but', { except })
  const clause = t('target.visitors', { clause: joined(is, words, names) })
  return except === '' ? clause : t('target.but', { clauses: clause, except })
}

/** What must hold and what must not: the branches of `all`, a single `not`, or the condition itself. */
function sidesOf(condition: Condition): { is: readonly Condition[]; isNot: readonly Condition[] } {
  const branches = condition.kind === 'all' ? condition.of : [condition]
  return {
    is: branches.filter(({ kind }) => kind !== 'not'),
    isNot: branches.flatMap((branch) => (branch.kind === 'not' ? [branch.of] : [])),
  }
}

function joined(conditions: readonly Condition[], words: Words, names: TargetingNames): string {
  const [only] = conditions
  if (conditions.length === 1 && only !== undefined) return clauseOf(only, words, names)
  return words.list(conditions.map((it) => nested(it, words, names)))
}

/** Within another: what has parts of its own stands in brackets. */
function nested(condition: Condition, words: Words, names: TargetingNames): string {
  const clause = clauseOf(condition, words, names)
  const isGroup = condition.kind === 'all' || condition.kind === 'any'
  return isGroup && condition.of.length > 1 ? `(${clause})` : clause
}

/** Behind “Visitors” or “those”. */
function clauseOf(condition: Condition, words: Words, names: TargetingNames): string {
  const { t } = words
  if (condition.kind === 'all') {
    if (condition.of.length === 0) return t('target.any_clause')
    const { is, isNot } = sidesOf(condition)
    const clauses = is.length === 0 ? t('target.any_clause') : joined(is, words, names)
    if (isNot.length === 0) return clauses
    return t('target.but', { clauses, except: exceptWords(isNot, words, names) })
  }
  if (condition.kind === 'any') {
    if (condition.of.length === 0) return t('target.no_clause')
    return words.anyOf(condition.of.map((it) => nested(it, words, names)))
  }
  if (condition.kind === 'not') {
    const except = exceptWords([condition.of], words, names)
    return t('target.but', { clauses: t('target.any_clause'), except })
  }
  if (!isKnownLeaf(condition)) return t('target.unknown')
  return leafWords(t(LEAF_TEXTS[condition.kind]), slotsOf(condition), words, names)
}

function exceptWords(
  conditions: readonly Condition[],
  words: Words,
  names: TargetingNames,
): string {
  const clauses = conditions.map((it) => nested(it, words, names))
  return words.t('target.except', { clause: words.anyOf(clauses) })
}

function isEverybody(condition: Condition): boolean {
  return condition.kind === 'all' && condition.of.length === 0
}
