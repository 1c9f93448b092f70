import type { Texts } from '../texts.ts'

export const jobs = {
  'job.title': 'Jobs',
  'job.intro':
    'Work in the background. What failed too often waits here for somebody to look at it.',
  'job.filter': 'State',
  'job.state.dead': 'Given up',
  'job.state.waiting': 'Waiting',
  'job.state.running': 'Running',
  'job.state.done': 'Done',
  'job.column.kind': 'Work',
  'job.column.error': 'Last error',
  'job.column.attempts': 'Attempts',
  'job.column.at': 'When',
  'job.kind.mail.deliver': 'Send a mail',
  'job.kind.webhook.deliver': 'Tell a webhook',
  'job.kind.other': 'Work “{kind}”',
  'job.progress': '{done} of {total}',
  'job.progress.open': '{done} done',
  'job.empty.dead.title': 'Nothing was given up',
  'job.empty.dead.text': 'Work that fails is tried again by itself, with growing waits.',
  'job.empty.title': 'No job is in this state',
  'job.empty.text': 'Finished work is kept for a while, then tidied away.',
  'job.retry': 'Run again',
  'job.retried': 'It runs again',
  'job.mails': 'Open the outbox',
  'job.webhooks': 'Open webhooks',
} as const satisfies Texts
