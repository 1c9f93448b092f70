import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** The tests' Redis, or undefined: then what needs it is skipped, and counted as skipped. */
export function redisProgram(): string | undefined {
  const program = process.env.TEST_REDIS
  return program === '' ? undefined : program
}

export interface OwnRedis {
  readonly url: string
  readonly start: () => Promise<void>
  /** Without any goodbye; may be started again, at the same place. */
  readonly kill: () => Promise<void>
}

/** One that keeps nothing, at a port of its own, not started yet. */
export async function ownRedis(): Promise<OwnRedis> {
  const program = redisProgram()
  if (program === undefined) throw new Error('No Redis here: guard with redisProgram()')
  const port = await freePort()
  let child: ChildProcess | undefined
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      const args = ['--port', String(port), ...settings]
      const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
      child = started
      let said = ''
      for await (const line of createInterface({ input: started.stdout })) {
        said += `${line}\n`
        if (line.includes('Ready to accept connections')) break
      }
      started.stdout.resume()
      if (!said.includes('Ready to accept')) throw new Error(`Redis did not start:\n${said}`)
    },
    async kill() {
      const running = child
      child = undefined
      if (running === undefined) return
      const ended = once(running, 'exit')
      running.kill('SIGKILL')
      await ended
    },
  }
}

/** Below those the system hands out by itself: while Redis is away, nobody else comes to hold its port. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    await new Promise((resolve) => probe.close(resolve))
    return port
  }
}
