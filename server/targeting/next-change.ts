import type { Node } from './node.ts'
import type { Reading } from './reading.ts'

/** Two clocks may disagree for days; whoever asked is then told to ask again. */
const MAX_STEPS = 32

/** When the verdict becomes another if nothing happens but time; undefined if never. */
export function nextChangeAt(node: Node, reading: Reading): number | undefined {
  if (node.mayChangeAt === undefined) return undefined
  const before = node.verdict(reading)
  let then: Reading = reading
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const at = node.mayChangeAt(then)
    if (at === undefined) return undefined
    then = reading.at(at)
    if (node.verdict(then) !== before) return at
  }
  return then.now
}
