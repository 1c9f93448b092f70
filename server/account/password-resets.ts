import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { newLink } from './account-links.ts'
import { mayMailReset } from './attempts.ts'
import { deleteResets, insertLink } from './link-store.ts'
import { findMemberByEmail } from './member-store.ts'
import type { SendMail } from './send-mail.ts'

export interface PasswordResets {
  /** Sends a link to whoever has the address. Returns at once and tells nothing, whether somebody has it or not. */
  readonly ask: (email: string) => void
  /** Resolves when everything that was asked for is sent. */
  readonly drain: () => Promise<void>
}

interface PasswordResetsDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly sendMail: SendMail
}

/** More at once are a flood: they are forgotten, for whoever needs a link asks again. */
const MAX_AT_ONCE = 20

export function createPasswordResets({
  db,
  now,
  log,
  sendMail,
}: PasswordResetsDeps): PasswordResets {
  const running = new Set<Promise<void>>()

  async function send(email: string): Promise<void> {
    const member = await findMemberByEmail(db, email)
    if (member === undefined || !(await mayMailReset(db, email, now()))) return
    const { token, row } = newLink(
      { kind: 'reset', shopId: null, email, roles: [], invitedBy: null },
      now(),
    )
    await db.transaction(async (sql) => {
      // The newest alone counts.
      await deleteResets({ sql, t: db.t }, email)
      await insertLink({ sql, t: db.t }, row)
    })
    const { languages } = member
    await sendMail({ kind: 'password_reset', to: email, token, languages })
  }

  return {
    ask(email) {
      if (running.size >= MAX_AT_ONCE) return
      const sending = send(email)
        .catch((error: unknown) => log.error({ err: error }, 'A link was not sent'))
        .finally(() => running.delete(sending))
      running.add(sending)
    },
    async drain() {
      await Promise.all(running)
    },
  }
}
