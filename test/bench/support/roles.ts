import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { pinTo, SERVER_CORE } from './pinning.ts'

/** What a process of its own does for the bench: it says one thing when ready, then answers questions. */
export interface Role {
  readonly ready: string
  ask?(question: string): string | Promise<string>
  stop?(): void | Promise<void>
}

export type Roles = Readonly<Record<string, (argument: string) => Promise<Role>>>

/** A role from outside. */
export interface Played {
  readonly ready: string
  ask(question: string): Promise<string>
  /** Microseconds of processor that it has used so far: other programs disturb them less than the clock's. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

/** Plays the role this process was started for, alone on the server's core. False: it is the bench itself. */
export function playRole(roles: Roles): boolean {
  const [name = '', argument = ''] = process.argv.slice(2)
  const start = roles[name]
  if (process.send === undefined || start === undefined) return false
  pinTo(SERVER_CORE)
  void start(argument).then((role) => {
    process.on('message', (question) => void answer(role, String(question)))
    process.send?.(role.ready)
  })
  return true
}

async function answer(role: Role, question: string): Promise<void> {
  if (question === STOP) {
    await role.stop?.()
    process.exit(0)
  }
  const { user, system } = process.cpuUsage()
  process.send?.(question === CPU ? String(user + system) : ((await role.ask?.(question)) ?? ''))
}

const STOP = 'stop'
const CPU = 'cpu'

/** Starts this bench's own file again, in a role. `flags` are Node's. */
export async function startRole(
  name: string,
  argument = '',
  flags: readonly string[] = [],
): Promise<Played> {
  const child = fork(process.argv[1] ?? '', [name, argument], {
    execArgv: [...process.execArgv, ...flags],
  })
  const ready = await said(child)
  const ask = (question: string) => {
    child.send(question)
    return said(child)
  }
  return {
    ready,
    ask,
    cpu: async () => Number(await ask(CPU)),
    async stop() {
      child.send(STOP)
      await once(child, 'exit')
    },
  }
}

function said(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`It ended early with ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(typeof message === 'string' ? message : '')
    })
  })
}
