import { expect, it } from 'vitest'
import { startCommand } from '../../support/command-process.ts'
import { freshSqlite, rowsOf } from '../../support/databases.ts'

it('lists the installation’s work that was given up, and has it run again', async () => {
  const database = await freshSqlite()
  const db = await database.open()
  await rowsOf(
    db,
    `INSERT INTO jobs (kind, lane, payload, state, due_at, attempts, last_error, created_at, finished_at)
      VALUES ('backup.daily', 'backup.daily', '{}', 'dead', 1, 6, 'No space is left', 1, $1)`,
    [Date.parse('2026-11-20T04:00:00Z')],
  )
  const [job] = await rowsOf<{ id: number }>(db, 'SELECT id FROM jobs')
  await db.close()
  const run = async (...args: string[]) =>
    (await startCommand(['jobs', ...args], database.environment)).ended

  const listed = await run()
  const retried = await run('--retry', String(job?.id))

  expect(listed).toContain(
    `${job?.id}  backup.daily  given up 2026-11-20T04:00:00.000Z after 6 attempts: No space is left`,
  )
  expect(retried).toBe(`Job ${job?.id} (backup.daily) is run again.\n`)
  expect(await run()).toBe('Nothing was given up.\n')
  await expect(run('--retry', '999')).rejects.toThrow('There is no such job')
  await database.remove()
})
