import { z } from 'zod'
import type { AuditVerification } from '#protocol/audit.ts'
import type { Clock } from '../core/clock.ts'
import type { JobKind, Jobs } from '../core/jobs/jobs.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { findCheck, headsAfter, writeCheck } from './store.ts'
import type { ChainReport } from './verify.ts'

/** When a shop's log was last looked through from its first entry on, and what came of it. */
export interface AuditChecks {
  /** Undefined: never yet. */
  readonly last: (shopId: number) => Promise<AuditVerification | undefined>
  /** Works out every hash anew, and keeps what came of it. `end`: that of an earlier check, which must be in the log still. */
  readonly check: (shopId: number, end?: string) => Promise<AuditVerification>
}

interface ChecksDeps {
  readonly db: Database
  readonly now: Clock
  readonly log: Pick<Log, 'error'>
  readonly jobs: Pick<Jobs, 'register' | 'schedule'>
  readonly verify: (shopId: number, end?: string) => Promise<ChainReport>
}

const CHECK: JobKind<Record<string, never>> = { name: 'audit.check', payload: z.strictObject({}) }

export function createAuditChecks({ db, now, log, jobs, verify }: ChecksDeps): AuditChecks {
  /** Whoever asks while one is under way gets its answer: a long log is not read twice at once. */
  const underWay = new Map<string, Promise<AuditVerification>>()

  async function look(shopId: number, end: string | undefined): Promise<AuditVerification> {
    const verification = verificationOf(await verify(shopId, end), now())
    const { checkedAt, entries, fault } = verification
    // Measured against an end that somebody brought, it says nothing of the log alone.
    if (end === undefined || fault === null) {
      const hash = verification.end?.split(':')[1]
      await writeCheck(db, shopId, {
        checkedAt,
        checkedEntries: entries,
        checkedHash: hash === undefined ? null : Buffer.from(hash, 'hex'),
        checkedFault: fault,
      })
    }
    return verification
  }

  function check(shopId: number, end?: string): Promise<AuditVerification> {
    const key = `${shopId} ${end ?? ''}`
    const known = underWay.get(key)
    if (known !== undefined) return known
    const looking = look(shopId, end).finally(() => underWay.delete(key))
    underWay.set(key, looking)
    return looking
  }

  jobs.register(CHECK, async ({ signal }) => {
    for (let shopId = await headsAfter(db, 0); shopId !== undefined;) {
      signal.throwIfAborted()
      const { fault, brokenAt } = await check(shopId)
      if (fault !== null) log.error({ shopId, entry: brokenAt, fault }, 'An audit log is broken')
      shopId = await headsAfter(db, shopId)
    }
  })
  jobs.schedule(CHECK, { pattern: '3 4 * * *', timeZone: 'UTC' })

  return {
    check,
    async last(shopId) {
      const found = await findCheck(db, shopId)
      if (found === undefined || found.checkedAt === null) return undefined
      const { checkedAt, checkedFault: fault, checkedHash: hash } = found
      const entries = found.checkedEntries ?? 0
      const end = hash === null ? null : `${entries}:${hash.toString('hex')}`
      const brokenAt = fault === null ? null : entries + 1
      return { isWhole: fault === null, checkedAt, entries, end, brokenAt, fault }
    },
  }
}

function verificationOf(report: ChainReport, checkedAt: number): AuditVerification {
  if (report.isWhole) {
    const { entries, end } = report
    return { isWhole: true, checkedAt, entries, end, brokenAt: null, fault: null }
  }
  const { seq, fault } = report
  return { isWhole: false, checkedAt, entries: seq - 1, end: null, brokenAt: seq, fault }
}
