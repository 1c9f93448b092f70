import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from '../core/errors.ts'

export const MANIFEST = 'manifest.json'

const fileSchema = z.object({
  /** From the backup's folder, with slashes; never out of it. */
  path: z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[^/\\][^\\]*$/),
  bytes: z.number().int().nonnegative(),
  /** Of the whole file, hexadecimal. */
  sha256: z.string().length(64),
})

const manifestSchema = z.object({
  format: z.literal(1),
  /** The Granplaza that made it. */
  version: z.string(),
  madeAt: z.iso.datetime(),
  dialect: z.enum(['sqlite', 'postgres']),
  /** The schema's, oldest first: an older Granplaza can't restore what a newer one has written. */
  migrations: z.array(z.string()).min(1),
  /** Of each table, at the instant of the backup. */
  rows: z.record(z.string().regex(/^\w+$/), z.number().int().nonnegative()),
  database: fileSchema,
  /** What else lay in DATA_DIR: uploads, generated secrets. */
  files: z.array(fileSchema),
  /** For whoever finds this folder. */
  note: z.string(),
})

/** What a backup holds, and by what to know that it is whole. */
export type Manifest = z.infer<typeof manifestSchema>
export type BackedUpFile = z.infer<typeof fileSchema>
/** What a database holds, in as far as a backup is measured by it. */
export type Contents = Pick<Manifest, 'migrations' | 'rows'>

/** Reads the manifest of the backup in `folder`; throws a `StartError` where there is none that can be read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StartError(`${folder} is no backup: it has no ${MANIFEST}`, { cause })
  })
  const read = manifestSchema.safeParse(parsed(text))
  if (read.success) return read.data
  throw new StartError(`${path} can't be understood: a newer Granplaza wrote it, or it is damaged`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is not a manifest, and told as that.
    return undefined
  }
}
