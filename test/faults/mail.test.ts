import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { bundle } from '../../scripts/bundle.mjs'
import { createJobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createMail } from '#server/core/mail/mail.ts'
import type { MailSettings } from '#server/core/mail/settings.ts'
import type { Database } from '#server/db/database.ts'
import { eachDatabase, rowsOf } from '../support/databases.ts'
import { hurriedClock } from '../support/hurried-clock.ts'
import { insertShop } from '../support/ingestion.ts'
import { startMailSink, type Answer } from '../support/mail-sink.ts'

const MAILS = process.env.TEST_LONG === '1' ? 1_000 : 100
/** Of what is asked of the mail server. */
const TEMPORARY_ERRORS = 0.3
/** Of one mail. Waits grow threefold: by the eighth refusal it would wait for longer than the test may take. */
const MAX_REFUSALS = 4
/** Mails that arrive between two kills, at most. */
const MAX_BETWEEN_KILLS = 25

eachDatabase('a server killed while it sends mail', (fresh) => {
  it(`loses none of ${MAILS} mails, sends none twice, and lists what is uncertain`, async () => {
    const database = await fresh()
    await (await database.open()).close()
    const { url, file = '' } = database.address
    const sink = await startMailSink(badDay())
    const environment = {
      ...(url === undefined ? { DATABASE_FILE: file } : { DATABASE_URL: url }),
      SMTP_PORT: String(sink.port),
    }
    const sender = await bundle('test/support/mail-process.ts', 'test/mail-process.mjs')
    const db = await database.open({ role: 'command' })
    let child: ChildProcess | undefined
    let kills = 0
    try {
      const ids = await enqueueAll(db)
      while ((await unsent(db)) > 0) {
        child = await started(sender, environment)
        const enough = sink.arrived.length + 1 + Math.floor(Math.random() * MAX_BETWEEN_KILLS)
        while (sink.arrived.length < enough && (await unsent(db)) > 0) await wait(2)
        await killed(child)
        kills += 1
      }

      const rows = await rowsOf<{ id: number; state: string; messageId: string }>(
        db,
        'SELECT id, state, message_id AS "messageId" FROM mails ORDER BY id',
      )
      const copies = (messageId: string) =>
        sink.arrived.filter((mail) => mail.messageId === messageId).length
      const uncertain = rows.filter(({ state }) => state === 'uncertain')
      const sent = rows.filter(({ state }) => state === 'sent')
      expect(rows.map(({ id }) => String(id))).toEqual(ids)
      expect(sent.length + uncertain.length).toBe(MAILS)
      expect(sent.filter(({ messageId }) => copies(messageId) !== 1)).toEqual([])
      expect(uncertain.filter(({ messageId }) => copies(messageId) > 1)).toEqual([])
      // Four are on their way at a time.
      expect(uncertain.length).toBeLessThanOrEqual(4 * kills)
      const arrived = uncertain.filter(({ messageId }) => copies(messageId) === 1).length
      process.stdout.write(
        `${kills} kills, ${MAILS} mails: ${sent.length} sent once, ${uncertain.length} uncertain ` +
          `(${arrived} of them had arrived), 0 lost, 0 doubled\n`,
      )
    } finally {
      if (child !== undefined) await killed(child)
      await db.close()
      await sink.stop()
      await database.remove()
    }
  })
})

/** A mail server that often says “later”, and to none for ever. */
function badDay(): (recipient: string) => Answer | undefined {
  const refusals = new Map<string, number>()
  return (recipient) => {
    const before = refusals.get(recipient) ?? 0
    if (before >= MAX_REFUSALS || Math.random() >= TEMPORARY_ERRORS) return undefined
    refusals.set(recipient, before + 1)
    return { at: Math.random() < 0.5 ? 'recipient' : 'message', code: 451 }
  }
}

async function enqueueAll(db: Database): Promise<string[]> {
  const jobs = createJobs({ db, now: hurriedClock, log: createLog('silent') })
  const mail = createMail({ db, jobs, now: hurriedClock, settings: ANY_SERVER })
  const shopId = await insertShop(db)
  const ids: string[] = []
  await db.transaction(async (sql) => {
    for (let i = 1; i <= MAILS; i++) {
      const letter = { kind: 'letter', to: { address: `r${i}@shop.example` }, subject: `Mail ${i}` }
      ids.push(await mail.enqueue({ sql, t: db.t }, shopId, { ...letter, text: 'Hola' }))
    }
  })
  return ids
}

/** Only asked whether there is one. */
const ANY_SERVER: MailSettings = {
  host: 'localhost',
  port: 25,
  isSecure: false,
  login: undefined,
  from: { address: 'shop@shop.example' },
  dkim: undefined,
}

async function unsent(db: Database): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    db,
    `SELECT count(*) AS count FROM mails WHERE state IN ('waiting', 'sending')`,
  )
  return Number(row?.count)
}

async function started(file: string, environment: Record<string, string>): Promise<ChildProcess> {
  const child = fork(file, { env: { ...process.env, ...environment } })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('It ended before it had started'))),
  ])
  return child
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
