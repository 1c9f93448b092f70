import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly output: string
}

describe.skipIf(!existsSync(MAIN))('the server as a process', () => {
  let folder: string
  const children: ChildProcess[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  function start(env: Record<string, string>) {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, HOME, PORT: '0', DATA_DIR: folder, ...env },
    })
    children.push(child)
    let output = ''
    const add = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    const ended = once(child, 'close').then(([code]): Ended => ({ code, output }))
    /** What it has printed by the time it serves. */
    const ready = async (): Promise<string> => {
      while (!output.includes('Ctrl+C')) {
        const end = await Promise.race([once(child.stdout, 'data').then(() => undefined), ended])
        if (end !== undefined) throw new Error(`The server ended with ${end.code}: ${end.output}`)
      }
      return output
    }
    return { child, ready, ended }
  }

  it('prints the addresses, and they work', async () => {
    const { ready } = start({})

    const printed = await ready()
    const example = /Demo shop +(\S+)/.exec(printed)?.[1] ?? ''
    const live = /Live page +(\S+)/.exec(printed)?.[1] ?? ''
    const setup = /Your account +(\S+)/.exec(printed)?.[1] ?? ''

    expect(example).toMatch(/^http:\/\/localhost:[1-9]\d+\/demo\/$/)
    expect((await fetch(example)).status).toBe(200)
    expect(live).toMatch(/\/console\/live#[\w-]{43}$/)
    expect((await fetch(live)).status).toBe(200)
    expect(setup).toMatch(/\/console\/link#[\w-]{43}$/)
    expect((await fetch(new URL('/gp.js', example))).status).toBe(200)
  })

  it('keeps shop and key from one start to the next', async () => {
    const keyOf = (printed: string) => /data-shop="([^"]+)"/.exec(printed)?.[1]
    const first = start({})
    const key = keyOf(await first.ready())
    first.child.kill('SIGTERM')
    await first.ended

    const second = start({})

    expect(key).toMatch(/^pub_/)
    expect(keyOf(await second.ready())).toBe(key)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('leaves in good order on %s', async (signal) => {
    const { child, ready, ended } = start({})
    await ready()

    child.kill(signal)

    expect((await ended).code).toBe(0)
    // The write-ahead log is checkpointed and gone.
    expect(existsSync(join(folder, 'granplaza.db'))).toBe(true)
    expect(existsSync(join(folder, 'granplaza.db-wal'))).toBe(false)
  })

  it.each([
    {
      what: 'a port in use',
      arrange: async () => {
        const other = createServer().listen(0, '127.0.0.1')
        await once(other, 'listening')
        const address = other.address()
        const port = typeof address === 'object' && address !== null ? address.port : 0
        return { env: { PORT: String(port) }, undo: () => void other.close() }
      },
      says: /^Port \d+ is in use: stop the other program, or choose one with PORT=\d+ npm start$/,
    },
    {
      what: 'a data folder that is none',
      arrange: async () => {
        const file = join(folder, 'file')
        await writeFile(file, '')
        return { env: { DATA_DIR: join(file, 'data') }, undo: () => undefined }
      },
      says: /DATA_DIR/,
    },
    {
      what: 'a second server on one folder',
      arrange: async () => {
        await start({}).ready()
        return { env: {}, undo: () => undefined }
      },
      says: /Another server is running/,
    },
    {
      what: 'a database of a newer version',
      arrange: async () => {
        const first = start({})
        await first.ready()
        first.child.kill('SIGTERM')
        await first.ended
        const db = openSqliteConnection(join(folder, 'granplaza.db'))
        db.exec(`INSERT INTO applied_migrations (name, applied_at) VALUES ('9999_later', 1)`)
        db.close()
        return { env: {}, undo: () => undefined }
      },
      says: /newer/,
    },
    {
      what: 'a database that cannot be reached',
      arrange: () =>
        Promise.resolve({
          env: { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nothing' },
          undo: () => undefined,
        }),
      says: /does not answer/,
    },
    {
      what: 'settings that are wrong',
      arrange: () => Promise.resolve({ env: { PORT: 'x', LOG_LEVEL: 'y' }, undo: () => undefined }),
      says: /PORT[\s\S]*LOG_LEVEL/,
    },
  ])('says in a sentence that it can’t start: $what', async ({ arrange, says }) => {
    const { env, undo } = await arrange()

    const { code, output } = await start(env).ended
    undo()

    expect(code).toBe(1)
    expect(output.trim()).toMatch(says)
    expect(output).not.toMatch(/\n {4}at |secret/)
  })
})
