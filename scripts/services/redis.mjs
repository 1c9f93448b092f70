// Redis for tests: found where it is installed; each test starts its own.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The program `redis-server`; undefined where there is none. */
export function findRedis() {
  const usual = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...usual]
  return folders.map((folder) => join(folder, 'redis-server')).find((it) => existsSync(it))
}
