import type { MailStatus } from '#protocol/mail.ts'
import type { Job } from '#protocol/jobs.ts'
import type { MessageKey } from '../messages/en.ts'

/** Something about the shop that a member should look into. */
export interface Remark {
  readonly message: MessageKey
  /** For the message's `{n}`. */
  readonly n?: number
  /** The page on which it is put right. */
  readonly path: string
}

/** What was read; `undefined`: the member may not read it, or it is on its way. */
interface Readings {
  readonly origins: { readonly items: readonly unknown[] } | undefined
  readonly mail: Pick<MailStatus, 'isConfigured' | 'counts'> | undefined
  readonly deadJobs: { readonly items: readonly Pick<Job, 'id'>[] } | undefined
}

const SETTINGS = '/console/settings'

/** The gravest first. */
export function remarksOn({ origins, mail, deadJobs }: Readings): readonly Remark[] {
  const remarks: Remark[] = []
  const dead = deadJobs?.items.length ?? 0
  const uncertain = mail?.counts.uncertain ?? 0
  const failed = mail?.counts.failed ?? 0
  if (dead > 0) remarks.push({ message: 'home.dead_jobs', n: dead, path: `${SETTINGS}/jobs` })
  if (uncertain > 0) {
    remarks.push({ message: 'home.uncertain_mail', n: uncertain, path: `${SETTINGS}/mail` })
  }
  if (failed > 0) remarks.push({ message: 'home.failed_mail', n: failed, path: `${SETTINGS}/mail` })
  if (origins?.items.length === 0) {
    remarks.push({ message: 'home.any_origin', path: `${SETTINGS}/origins` })
  }
  if (mail?.isConfigured === false) {
    remarks.push({ message: 'home.no_mail', path: `${SETTINGS}/mail` })
  }
  return remarks
}
