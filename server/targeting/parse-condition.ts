import { type Leaf } from '#protocol/leaf.ts'
import { ConditionSchema, type Condition } from '#protocol/targeting.ts'
import { Refusal } from '../core/errors.ts'
import { compile } from './compile.ts'

/** A condition as it may be saved. Refuses what is none, with the place of each fault. */
export function parseCondition(value: unknown): Condition {
  const parsed = ConditionSchema.safeParse(value)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`)
    throw new Refusal('bad_request', `Not a condition. ${faults.join('; ')}`)
  }
  compile(parsed.data)
  return parsed.data
}

/** A condition over profiles. Refuses also what is true of one visit only. */
export function parseAudienceCondition(value: unknown): Condition {
  const condition = parseCondition(value)
  const passing = leavesOf(condition).find(isOfOneVisit)
  if (passing === undefined) return condition
  throw new Refusal(
    'bad_request',
    `An audience can't ask for “${passing.kind}” of one visit: it is of those who come back as well`,
  )
}

function isOfOneVisit(leaf: Leaf): boolean {
  if (leaf.kind === 'page') return true
  if (leaf.kind === 'source') return leaf.touch === 'session'
  return 'scope' in leaf && leaf.scope === 'session'
}

function leavesOf(condition: Condition): readonly Leaf[] {
  if (condition.kind === 'not') return leavesOf(condition.of)
  return condition.kind === 'all' || condition.kind === 'any'
    ? condition.of.flatMap(leavesOf)
    : [condition]
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'At its root' : path.map(String).join('.')
}
