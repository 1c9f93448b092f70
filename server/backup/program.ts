import { spawn } from 'node:child_process'
import { StartError } from '../core/errors.ts'

/** A program of PostgreSQL's that runs. */
export interface Program {
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
  /** Rejects with a `StartError` that says what it said, unless it ends well. */
  readonly ended: Promise<void>
}

export type ProgramName = 'pg_dump' | 'pg_restore' | 'psql'

const LAST_CHARS = 2_000

/**
 * Runs a program that the machine may lack. `url`: the database it works on; the password goes by the environment, since
 * everybody on the machine can read arguments.
 */
export function runProgram(name: ProgramName, args: readonly string[], url?: string): Program {
  const { address, password } = url === undefined ? {} : withoutPassword(url)
  const database = address === undefined ? [] : [`--dbname=${address}`]
  const child = spawn(name, [...database, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PGAPPNAME: 'granplaza-backup',
      ...(password !== undefined && { PGPASSWORD: password }),
    },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-LAST_CHARS)
  })
  // It may end before it has read all; why, it says by its exit code.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(notThere(name, error)))
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new StartError(`${name} failed: ${said.trim() || `it ended with ${code}`}`))
    })
  })
  // Whoever reads its output first hears of it by `ended` all the same.
  ended.catch(() => undefined)
  return { stdin: child.stdin, stdout: child.stdout, ended }
}

function notThere(name: ProgramName, error: NodeJS.ErrnoException): StartError {
  if (error.code !== 'ENOENT') return new StartError(`${name} can't be run: ${error.message}`)
  return new StartError(
    `${name} is not on this machine: install PostgreSQL's client programs (on Debian: apt install postgresql-client), of the database's version or a newer one`,
  )
}

function withoutPassword(url: string): { address: string; password: string | undefined } {
  const address = new URL(url)
  const password = address.searchParams.get('password') ?? decodeURIComponent(address.password)
  address.password = ''
  address.searchParams.delete('password')
  return { address: address.href, password: password === '' ? undefined : password }
}
