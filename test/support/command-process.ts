import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle } from '../../scripts/bundle.mjs'

export interface CommandProcess {
  readonly child: ChildProcess
  /** What it printed; throws with it where the command failed. Of one that was killed, nothing. */
  readonly ended: Promise<string>
}

let bundled: Promise<string> | undefined

/** A command of the server as a process of its own, to be killed. `environment` has DATA_DIR or DATABASE_URL. */
export async function startCommand(
  args: readonly string[],
  environment: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<CommandProcess> {
  bundled ??= bundleOwn()
  const child = spawn(process.execPath, [...nodeOptions, await bundled, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = once(child, 'close').then(([code, signal]) => {
    if (code !== 0 && signal === null) throw new Error(printed)
    return printed
  })
  return { child, ended }
}

/** Renamed when it is whole, for test files run side by side. */
async function bundleOwn(): Promise<string> {
  const file = await bundle('server/command.ts', `test/command-${process.pid}.mjs`)
  const shared = join(dirname(file), 'command.mjs')
  renameSync(file, shared)
  return shared
}
