import { z } from 'zod'
import { LEAVES, LeafSchema, type Leaf } from './leaf.ts'

/** Bounds of one condition. Depth counts the levels of the tree, a lone leaf being 1; nodes are leaves and groups. */
export const TARGETING_LIMITS = { depth: 8, nodes: 150 } as const

export type Condition =
  | Leaf
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }

/** Why a condition came out as it did, in the shape of its tree. */
export type Explanation =
  | {
      kind: 'leaf'
      outcome: Outcome
      condition: Leaf
      /** The value it judged; a missing one has none. */
      seen?: unknown
    }
  | { kind: 'all' | 'any'; outcome: Outcome; of: Explanation[] }
  | { kind: 'not'; outcome: Outcome; of: Explanation }

/** Unknown does not show: the facts come with a part that is not there yet. */
export type Outcome = 'true' | 'false' | 'unknown'

export const ExplanationSchema: z.ZodType<Explanation> = z
  .lazy(() =>
    z.union([
      z.object({
        kind: z.literal('leaf'),
        outcome: OutcomeSchema,
        condition: LeafSchema,
        seen: z.unknown().optional(),
      }),
      z.object({
        kind: z.enum(['all', 'any']),
        outcome: OutcomeSchema,
        of: z.array(ExplanationSchema),
      }),
      z.object({ kind: z.literal('not'), outcome: OutcomeSchema, of: ExplanationSchema }),
    ]),
  )
  .meta({ id: 'Explanation' })
const OutcomeSchema = z.enum(['true', 'false', 'unknown'])

/** No conditions at all hold of everybody (`all`) and of nobody (`any`). */
const TreeSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all'), of: z.array(TreeSchema) }),
      z.strictObject({ kind: z.literal('any'), of: z.array(TreeSchema) }),
      z.strictObject({ kind: z.literal('not'), of: TreeSchema }),
      ...LEAVES,
    ]),
  )
  .meta({ id: 'Condition' })

/** A condition as it is saved; a field it does not know is an error, for a misspelt one would widen who it is for. */
export const ConditionSchema = z
  .unknown()
  .superRefine((value, context) => {
    const fault = sizeFault(value)
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  })
  .pipe(TreeSchema)

/** Counted before the schema descends, so that a deep or wide tree costs nothing. */
function sizeFault(root: unknown): string | undefined {
  const { depth, nodes } = TARGETING_LIMITS
  let level: readonly unknown[] = [root]
  let seen = 0
  for (let levels = 1; level.length > 0; levels += 1) {
    if (levels > depth) return `At most ${depth} levels`
    seen += level.length
    if (seen > nodes) return `At most ${nodes} conditions in one, groups included`
    level = level.flatMap((node) => branchesOf(node))
  }
  return undefined
}

function branchesOf(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || !('kind' in node) || !('of' in node)) return []
  if (node.kind === 'not') return [node.of]
  return Array.isArray(node.of) ? node.of : []
}
