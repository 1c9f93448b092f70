import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { root } from '../../scripts/root.mjs'
import { findPostgres } from '../../scripts/services/postgres.mjs'

const bin = findPostgres()

describe.skipIf(bin === undefined)('the throw-away PostgreSQL', () => {
  it('ends with whoever started it, even when that is killed', async () => {
    const owner = spawnOwner()
    const [url] = await once(owner.stdout.setEncoding('utf8'), 'data')
    const port = Number(new URL(String(url)).port)
    expect(await isListening(port)).toBe(true)

    owner.kill('SIGKILL')

    await vi.waitFor(async () => expect(await isListening(port)).toBe(false), 10_000)
  })
})

function spawnOwner() {
  const module = pathToFileURL(join(root, 'scripts/services/postgres.mjs')).href
  const script = `import { startCluster } from ${JSON.stringify(module)}
    console.log((await startCluster(${JSON.stringify(bin)})).url)`
  const args = ['--input-type=module', '-e', script]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
