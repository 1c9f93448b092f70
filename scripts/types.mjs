// Type-checks each area by its own tsconfig.json: `process` is an error in the tag, `document` one in the server.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'

const areas = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map((entry) => entry.name)
  .filter((name) => existsSync(join(root, name, 'tsconfig.json')) && hasSources(name))

const codes = await Promise.all(['.', ...areas].map((area) => check(area)))
process.exitCode = codes.every((code) => code === 0) ? 0 : 1

/** @param {string} area */
function hasSources(area) {
  return readdirSync(join(root, area), { recursive: true, encoding: 'utf8' }).some((file) =>
    /\.(tsx?|mjs)$/.test(file),
  )
}

/**
 * @param {string} area
 * @returns {Promise<number>}
 */
function check(area) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', area, '--pretty', 'false']
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}
