import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { openDatabase } from '#server/db/open-database.ts'
import { createLog } from '#server/core/log.ts'

it('never writes a secret down, even when one is handed to it', () => {
  const lines = new PassThrough()
  const log = createLog('info', lines)

  log.info({
    token: 'canary-1',
    request: { cookie: 'canary-2', body: 'canary-3', headers: { authorization: 'canary-4' } },
  })

  const written = String(lines.read())
  expect(written).toContain('[Redacted]')
  expect(written).not.toContain('canary')
})

it('never writes down the values of a statement that failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'granplaza-'))
  const db = await openDatabase({ file: join(folder, 'granplaza.db') })
  const lines = new PassThrough()
  const log = createLog('info', lines)

  // Not migrated: there is no such table.
  const error: unknown = await db.sql
    .insert(db.t.oneTimeLinks)
    .values({ tokenHash: Buffer.from('x'), shopId: 1, expiresAt: 424_242 })
    .catch((reason: unknown) => reason)
  log.error({ err: error }, 'Failed')

  const written = String(lines.read())
  expect(written).toContain('one_time_links')
  expect(written).toContain('log.test.ts')
  expect(written).not.toMatch(/424242|params/)
  await db.close()
  await rm(folder, { recursive: true, force: true })
})
