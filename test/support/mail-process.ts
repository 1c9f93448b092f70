import process from 'node:process'
import { createJobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createMail } from '#server/core/mail/mail.ts'
import { openDatabase } from '#server/db/open-database.ts'
import { hurriedClock } from './hurried-clock.ts'

// What of the server sends mail, in a process of its own, to be killed.
const { DATABASE_FILE, DATABASE_URL, SMTP_PORT } = process.env
const db = await openDatabase(
  DATABASE_URL === undefined ? { file: DATABASE_FILE ?? '' } : { url: DATABASE_URL },
)
const jobs = createJobs({ db, now: hurriedClock, log: createLog('silent') })
createMail({
  db,
  jobs,
  now: hurriedClock,
  settings: {
    host: '127.0.0.1',
    port: Number(SMTP_PORT),
    isSecure: false,
    login: undefined,
    from: { address: 'shop@shop.example' },
    dkim: undefined,
  },
})
await jobs.start()
process.send?.('started')
// A test that failed leaves nothing running.
process.once('disconnect', () => process.exit(1))
