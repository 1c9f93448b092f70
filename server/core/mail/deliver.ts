import { z } from 'zod'
import { failureText } from '#protocol/failures.ts'
import type { Clock } from '../clock.ts'
import type { JobKind, JobRun, Transaction } from '../jobs/jobs.ts'
import type { Database } from '../../db/database.ts'
import { compose } from './compose.ts'
import type { MailSettings } from './settings.ts'
import { MailFault, sendMail } from './smtp.ts'
import { beginSending, findMail, moveMail } from './store.ts'

interface Delivery {
  readonly mailId: number
}

/** About two days. */
const ATTEMPTS = 16

export const DELIVER: JobKind<Delivery> = {
  name: 'mail.deliver',
  payload: z.strictObject({ mailId: z.number().int() }),
  attempts: ATTEMPTS,
}

export interface DeliverDeps {
  readonly db: Database
  readonly now: Clock
  readonly settings: MailSettings
}

const UNKNOWN = failureText('handed_over')

/**
 * One attempt to send a mail. What the mail server may already have is never handed over again: it stays `uncertain`
 * until somebody decides. Throws where trying again makes sense.
 */
export async function deliver(
  { db, now, settings }: DeliverDeps,
  { shopId, payload: { mailId }, signal }: JobRun<Delivery>,
): Promise<void> {
  const mail = await findMail(db, shopId, mailId)
  if (mail?.state === 'sending') {
    await moveMail(db, shopId, mailId, {
      from: ['sending'],
      state: 'uncertain',
      lastError: UNKNOWN,
    })
    return
  }
  if (mail?.state !== 'waiting') return
  const composed = await compose(mail, settings)
  let hasBegun = false
  async function begin(): Promise<void> {
    signal.throwIfAborted()
    hasBegun = await beginSending(db, shopId, mailId)
    if (!hasBegun) throw new Error('Another is sending it')
  }
  try {
    await sendMail(settings, composed, { begin, signal })
  } catch (error) {
    if (!(error instanceof MailFault)) throw error
    const state = STATES[error.kind]
    const lastError = error.message
    // Where another has begun, it is not ours to say what became of it.
    const from = [hasBegun ? ('sending' as const) : ('waiting' as const)]
    await moveMail(db, shopId, mailId, { from, state, lastError })
    if (state === 'waiting') throw error
    return
  }
  // What opens something was for its reader alone; nobody sends it again.
  const emptied = mail.isSecret ? { text: '', html: null } : {}
  const sent = { state: 'sent', sentAt: now(), lastError: null, ...emptied } as const
  // Uncertain: another node took this one for dead.
  await moveMail(db, shopId, mailId, { from: ['sending', 'uncertain'], ...sent })
}

const STATES = { later: 'waiting', never: 'failed', unknown: 'uncertain' } as const

/** No attempt is left. */
export async function giveUp(
  transaction: Transaction,
  { shopId, payload: { mailId } }: Pick<JobRun<Delivery>, 'shopId' | 'payload'>,
  lastError: string,
): Promise<void> {
  await moveMail(transaction, shopId, mailId, { from: ['waiting'], state: 'failed', lastError })
  await moveMail(transaction, shopId, mailId, {
    from: ['sending'],
    state: 'uncertain',
    lastError: UNKNOWN,
  })
}
