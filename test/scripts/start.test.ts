import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root } from '../../scripts/root.mjs'

describe('npm start', () => {
  it('says in one sentence that the data folder can’t be written to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'granplaza-start-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'file')
    writeFileSync(file, '')

    const { status, stderr } = start({ DATA_DIR: join(file, 'data') })

    expect(status).toBe(1)
    expect(stderr.trim()).toMatch(
      /^The data folder .* can't be written to \(ENOTDIR\): .*DATA_DIR.*\.$/,
    )
  })
})

function start(env: Record<string, string>) {
  const args = [join(root, 'scripts/start.mjs')]
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } })
}
