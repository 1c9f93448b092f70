// Runs the benches, all or those named: npm run bench -- ingestion tag
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { ensureBuilt } from './setup/built.mjs'
import { installPackages } from './setup/install.mjs'
import { plainly, Stop } from './setup/stop.mjs'

const ENDING = '.bench.ts'

await plainly(async () => {
  const benches = namesOf(process.argv.slice(2))
  await installPackages()
  await ensureBuilt()
  // only now, because it needs a package
  const { bundle } = await import('./bundle.mjs')
  for (const name of benches) {
    console.log(`\n${name}`)
    const file = await bundle(`test/bench/${name}${ENDING}`, `bench/${name}.mjs`)
    // each in a process of its own: garbage of one must not slow the next
    const { status } = spawnSync(process.execPath, ['--expose-gc', file], {
      cwd: root,
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
})

/** @param {string[]} wanted */
function namesOf(wanted) {
  const folder = join(root, 'test/bench')
  const all = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .toSorted()
  const unknown = wanted.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    throw new Stop(`No such bench: ${unknown.join(', ')}. There are ${all.join(', ')}.`)
  }
  return wanted.length > 0 ? wanted : all
}
