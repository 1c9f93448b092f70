import { z } from 'zod'
import {
  ATTRIBUTE_TYPES,
  FILE_FORMATS,
  FILE_IMPORT_STATES,
  IMPORT_KINDS,
  type FileImport,
} from './imports.ts'

const MappingAnswerSchema = z.object({
  fields: z.record(z.string(), z.string()),
  attributes: z.array(
    z.object({ name: z.string(), column: z.string(), type: z.enum(ATTRIBUTE_TYPES) }),
  ),
  decimal: z.enum(['.', ',']),
})

export const FileImportSchema = z
  .object({
    id: z.string(),
    kind: z.enum(IMPORT_KINDS),
    state: z.enum(FILE_IMPORT_STATES),
    format: z.enum(FILE_FORMATS),
    columns: z.array(z.string()),
    /** The first records, for whoever chooses the mapping. */
    sample: z.array(z.array(z.string())),
    /** Guessed until it is started. */
    mapping: MappingAnswerSchema,
    /** Every field that a column may be taken for. */
    fields: z.array(z.string()),
    /** About how many lines there are. */
    lines: z.int(),
    doneLines: z.int(),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    faultCount: z.int(),
    /** The first hundred; the rest can be downloaded. */
    faults: z.array(z.object({ line: z.int(), fault: z.string(), detail: z.string() })),
    /** What was there before is still known. */
    isUndoable: z.boolean(),
    /** Of an undoing: what is as it was before. */
    undone: z.int(),
    createdAt: z.int(),
  })
  .meta({ id: 'FileImport' }) satisfies z.ZodType<FileImport>
