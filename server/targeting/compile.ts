import type { Condition, Explanation, Outcome } from '#protocol/targeting.ts'
import type { FactKey } from '../events/service.ts'
import { compileNode, type Node } from './node.ts'
import { nextChangeAt } from './next-change.ts'
import type { Reading } from './reading.ts'
import type { RememberedLeaf } from './remembered-leaf.ts'
import { outcomeOf, TRUE } from './verdict.ts'

/** A condition, ready to be asked about any visitor at any time. */
export interface CompiledCondition {
  /** Whether it is true; neither false nor unknown shows anything. */
  readonly holds: (reading: Reading) => boolean
  readonly evaluate: (reading: Reading) => Outcome
  /** Leaf by leaf, with the value seen. */
  readonly explain: (reading: Reading) => Explanation
  /**
   * When it comes out otherwise if nothing happens but time, epoch ms; undefined if never, or not before `bound`, which
   * spares whoever looks for the first of many. In rare trees it is only when to ask again.
   */
  readonly nextChangeAt: (reading: Reading, bound?: number) => number | undefined
  /** Facts whose change can change it, beside time. */
  readonly reads: ReadonlySet<FactKey>
  /** Leaves without any of which it can't be true. */
  readonly needs: readonly RememberedLeaf[]
}

/** Compiles conditions, without building code from text. Refuses a regular expression that is none, or too large. */
export type Compile = (condition: Condition) => CompiledCondition

/** For conditions that are asked together: leaves that several of them have are judged once for a reading. */
export function createCompiler(): Compile {
  const leaves = new Map<string, Node>()
  return (condition) => compiledOf(compileNode(condition, leaves))
}

/** Compiles one condition by itself. */
export function compile(condition: Condition): CompiledCondition {
  return createCompiler()(condition)
}

function compiledOf(node: Node): CompiledCondition {
  return {
    holds: node.holds ?? ((reading) => node.verdict(reading) === TRUE),
    evaluate: (reading) => outcomeOf(node.verdict(reading)),
    explain: node.explain,
    nextChangeAt: (reading, bound = Infinity) => nextChangeAt(node, reading, bound),
    reads: new Set(node.reads),
    needs: node.needs,
  }
}
