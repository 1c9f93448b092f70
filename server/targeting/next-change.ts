import type { Node } from './node.ts'
import type { Reading } from './reading.ts'
import type { Verdict } from './verdict.ts'

/** Two clocks may disagree for days; whoever asked is then told to ask again. */
const MAX_STEPS = 32

/** When the verdict becomes another if nothing happens but time; undefined if never, or not before `bound`. */
export function nextChangeAt(node: Node, reading: Reading, bound: number): number | undefined {
  if (node.mayChangeAt === undefined) return undefined
  let before: Verdict | undefined
  let then: Reading = reading
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const at = node.mayChangeAt(then)
    if (at === undefined || at >= bound) return undefined
    before ??= node.verdict(reading)
    then = reading.at(at)
    if (node.verdict(then) !== before) return at
  }
  return then.now
}
