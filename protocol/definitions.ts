import { z } from 'zod'
import { DEFINED_KINDS, DEFINED_TYPES } from './lists.ts'
import { MAX_NAME_CHARS } from './names.ts'

/** Of one shop. */
export const MAX_DEFINITIONS = 1_000

export const DefinitionSchema = z.strictObject({
  kind: z.enum(DEFINED_KINDS),
  name: z.string().trim().min(1).max(MAX_NAME_CHARS),
  description: z.string().trim().max(1_000),
  type: z.enum(DEFINED_TYPES).nullable(),
  /** Who in the shop knows about it. */
  owner: z.string().trim().max(100),
})
export type DefinitionDraft = z.infer<typeof DefinitionSchema>

export const DefinitionAnswerSchema = z
  .object({ id: z.string(), ...DefinitionSchema.shape, updatedAt: z.int() })
  .meta({ id: 'Definition' })
export type Definition = Readonly<z.output<typeof DefinitionAnswerSchema>>
