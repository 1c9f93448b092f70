import { z } from 'zod'

/** How a file's bytes are to be read. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const

export const IMPORT_KINDS = ['products', 'customers', 'orders'] as const
export type ImportKindName = (typeof IMPORT_KINDS)[number]

/** A table with one record a line, or an object of JSON a line. */
export const FILE_FORMATS = ['csv', 'jsonl'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export const FILE_IMPORT_STATES = [
  'uploading',
  'uploaded',
  'running',
  'done',
  'undoing',
  'undone',
] as const
export type FileImportState = (typeof FILE_IMPORT_STATES)[number]

export const ATTRIBUTE_TYPES = ['text', 'number', 'boolean', 'date', 'list'] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

export const MAX_FILE_BYTES = 256 * 1024 * 1024

const ColumnSchema = z.string().min(1).max(200)

/** Which column holds which field, and which are attributes; the rest of the file is not read. */
export const FileMappingSchema = z.strictObject({
  /** By field: its column. */
  fields: z
    .record(z.string().max(40), ColumnSchema)
    .refine((it) => Object.keys(it).length <= 50, 'Too many fields'),
  attributes: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(64),
        column: ColumnSchema,
        type: z.enum(ATTRIBUTE_TYPES),
      }),
    )
    .max(100)
    .default([]),
  /** What parts a number's decimals: `1.234,50` has a comma. */
  decimal: z.enum(['.', ',']).default('.'),
})
export type FileMapping = z.infer<typeof FileMappingSchema>

export const StartFileImportSchema = z.strictObject({ mapping: FileMappingSchema })

/** What is wrong with one line of a file. */
export interface FileFault {
  readonly line: number
  /** Like `bad_price`; the guide lists them. */
  readonly fault: string
  /** For people: which column, what stood there. */
  readonly detail: string
}

/** One reading of a file, as far as it has come. */
export interface FileImport {
  readonly id: string
  readonly kind: ImportKindName
  readonly state: FileImportState
  readonly format: FileFormat
  readonly columns: readonly string[]
  /** The first records, for whoever chooses the mapping. */
  readonly sample: readonly (readonly string[])[]
  /** Guessed until it is started. */
  readonly mapping: FileMapping
  /** Every field that a column may be taken for. */
  readonly fields: readonly string[]
  /** About how many lines there are. */
  readonly lines: number
  readonly doneLines: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly faultCount: number
  /** The first hundred; the rest can be downloaded. */
  readonly faults: readonly FileFault[]
  /** What was there before is still known. */
  readonly isUndoable: boolean
  /** Of an undoing: what is as it was before. */
  readonly undone: number
  readonly createdAt: number
}
