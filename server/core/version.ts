import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The version that stands in a package.json. */
export async function versionOf(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return String(Object(manifest).version)
}
