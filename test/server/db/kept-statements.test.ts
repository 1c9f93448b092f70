import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { openSqliteConnection } from '#server/db/sqlite-connection.ts'

// On Node 24 the driver aborts the process when one of its objects is collected at the wrong moment. What a collector
// does can't be had twice alike, so this asks for the reason instead: nothing of the driver's may be collectable.

const SERVER = join(import.meta.dirname, '../../../server')
/** The thread's code keeps its two by itself. */
const ALLOWED = ['db/sqlite-checkpoint-thread.ts', 'db/sqlite-connection.ts']

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

it('keeps every statement and connection, forgotten and closed ones too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const collected: string[] = []
  const registry = new FinalizationRegistry<string>((what) => collected.push(what))
  const bystander = { what: 'a bystander' }
  registry.register({ ...bystander }, 'bystander')
  ;(() => {
    const connection = openSqliteConnection(join(folder, 'kept.db'))
    for (let i = 0; i < 100; i += 1) {
      const statement = connection.prepare(`SELECT ${i}`)
      statement.get()
      registry.register(statement, 'statement')
    }
    connection.close()
  })()

  // The bystander's end shows that the collector ran.
  await expect.poll(() => (collectGarbage(), collected)).toContain('bystander')

  expect(collected).toEqual(['bystander'])
  await rm(folder, { recursive: true })
})

it('keeps them where a bundler sees a use, for it leaves out what is only written', () => {
  const connection = openSqliteConnection(':memory:')
  const statement = connection.prepare('SELECT 1')

  expect(Reflect.get(globalThis, Symbol.for('granplaza.kept'))).toContain(statement)
  connection.close()
})

it('leaves the driver to the one module that keeps what it makes', () => {
  const users = filesOf(SERVER).filter((file) =>
    /(?:^import (?!type).* from |resolve\()'better-sqlite3'/m.test(readFileSync(file, 'utf8')),
  )

  expect(users.map((file) => relative(SERVER, file)).toSorted()).toEqual(ALLOWED.toSorted())
})

it('makes no iterator, which nobody could keep', () => {
  const users = filesOf(SERVER).filter((file) => /\.iterate\(/.test(readFileSync(file, 'utf8')))

  expect(users).toEqual([])
})

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
}
