import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundle } from '../../scripts/bundle.mjs'

export interface ForkedServer {
  readonly port: number
  readonly key: string
  /** The 99.9th percentile of its event loop's delay so far. */
  readonly delayMs: () => Promise<number>
  /** `SIGKILL`: without any goodbye. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
}

let bundled: Promise<string> | undefined

/** The real server as a process. `environment` has DATA_DIR or DATABASE_URL. */
export async function forkServer(environment: Record<string, string>): Promise<ForkedServer> {
  bundled ??= bundleOwn()
  const child = fork(await bundled, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const started = await Promise.race([
    once(child, 'message').then(([message]) => message as { port: number; key: string }),
    ended.then(() => undefined),
  ])
  if (started === undefined) throw new Error('The server ended before it listened')
  const delayMs = async () => {
    const answered = once(child, 'message')
    child.send('delay')
    const [{ delayMs: milliseconds }] = (await answered) as [{ delayMs: number }]
    return milliseconds
  }
  return { ...started, delayMs, end: (signal) => endWith(child, ended, signal) }
}

/** Renamed when it is whole, for test files run side by side. */
async function bundleOwn(): Promise<string> {
  const file = await bundle('test/support/fault-server.ts', `test/fault-server-${process.pid}.mjs`)
  const shared = join(dirname(file), 'fault-server.mjs')
  renameSync(file, shared)
  return shared
}

async function endWith(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals) {
  child.kill(signal)
  await ended
}
