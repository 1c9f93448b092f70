import type { Job } from '#protocol/jobs.ts'
import type { MessageKey } from '../messages/en.ts'
import type { Words } from '../words.ts'

/** What has a page of its own, where it is tried again: its job alone would find nothing left to do. */
const ELSEWHERE = {
  'mail.deliver': { path: '/console/settings/mail', label: 'job.mails' },
  'feed.fetch': { path: '/console/settings/feeds', label: 'job.feeds' },
  'webhook.deliver': { path: '/console/settings/webhooks', label: 'job.webhooks' },
} as const
type Known = keyof typeof ELSEWHERE

function isKnown(kind: string): kind is Known {
  return kind in ELSEWHERE
}

/** In the reader's words; kinds of later versions by their name. */
export function kindText(kind: string, { t }: Pick<Words, 't'>): string {
  if (kind === 'person.erase') return t('job.kind.person.erase')
  return isKnown(kind) ? t(`job.kind.${kind}`) : t('job.kind.other', { kind })
}

/** What there is to do about a job: run it again here, or look at what it was about. */
export function remedyOf({ state, kind }: Pick<Job, 'state' | 'kind'>): Remedy | undefined {
  if (state !== 'dead') return undefined
  return isKnown(kind) ? { kind: 'open', ...ELSEWHERE[kind] } : { kind: 'retry' }
}

type Remedy =
  | { readonly kind: 'retry' }
  | { readonly kind: 'open'; readonly path: string; readonly label: MessageKey }
