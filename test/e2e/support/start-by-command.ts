import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../../../scripts/setup/built.mjs'
import { root } from '../../../scripts/root.mjs'

export interface StartedByCommand {
  /** The address that the terminal shows behind these words. */
  readonly linkAfter: (words: string) => string
  readonly stop: () => Promise<void>
}

/** What the welcome ends with. */
const LAST_WORDS = 'Your data stays.'

/** The server as `npm start` runs it, a process of its own, with nothing in its folder. */
export async function startByCommand(): Promise<StartedByCommand> {
  // Before, so that other files that need it do not build beside this one.
  await ensureBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-start-'))
  // Without npm, which would stand between the signal and the server.
  const args = ['-r', './scripts/node-version.cjs', 'scripts/start.mjs']
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes(LAST_WORDS)) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(printed)))
  })
  return {
    linkAfter(words) {
      const [, link] = new RegExp(`${words}\\s+(http\\S+)`).exec(printed) ?? []
      if (link === undefined) throw new Error(`No “${words}” in:\n${printed}`)
      return link
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
