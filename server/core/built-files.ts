import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from './errors.ts'
import { createFile, type ServedFile } from './files.ts'

const ManifestSchema = z.object({
  version: z.string(),
  files: z.record(
    z.string().startsWith('/'),
    z.object({ file: z.string(), type: z.string(), immutable: z.boolean() }),
  ),
})
type Entry = z.infer<typeof ManifestSchema>['files'][string]

/**
 * Every file of the build that is public, by its address. What the manifest does not list cannot be asked for,
 * whatever the address. `headersOf` says what an address gets beside its type and caching.
 */
export async function readBuiltFiles(
  dist: string,
  headersOf: (path: string) => Readonly<Record<string, string>>,
): Promise<Map<string, ServedFile>> {
  const manifest = await readManifest(join(dist, 'manifest.json'))
  const read = async ([path, entry]: [string, Entry]) => {
    const content = await readFile(join(dist, entry.file))
    const rules = { type: entry.type, isImmutable: entry.immutable, headers: headersOf(path) }
    return [path, createFile(content, rules)] as const
  }
  return new Map(await Promise.all(Object.entries(manifest.files).map(read)))
}

async function readManifest(file: string): Promise<z.infer<typeof ManifestSchema>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartError('Nothing is built yet: run npm start, which builds', { cause })
  })
  return ManifestSchema.parse(JSON.parse(text))
}
