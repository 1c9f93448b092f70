import type { ComponentChildren } from 'preact'
import { JOBS_PATH } from '#protocol/names.ts'
import type { Job } from '#protocol/jobs.ts'
import { useChanging } from '../../queries.ts'
import { failureWords } from '../../failures.ts'
import { refusalText } from '../../refusals.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { kindText, remedyOf } from '../job-kinds.ts'
import { retryJob } from '../requests.ts'

interface JobTableProps {
  readonly jobs: readonly Job[]
  readonly empty: ComponentChildren
}

export function JobTable({ jobs, empty }: JobTableProps) {
  const words = useWords()
  const { t, number } = words
  return (
    <DataTable
      label={t('job.title')}
      rows={jobs}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'kind',
          title: t('job.column.kind'),
          isMain: true,
          cell: ({ kind, progress }) => (
            <>
              {kindText(kind, words)}
              {progress !== null && <p class="control-hint">{progressText(progress, words)}</p>}
            </>
          ),
        },
        {
          key: 'error',
          title: t('job.column.error'),
          cell: ({ lastError }) => (lastError === null ? '–' : failureWords(lastError, words)),
        },
        {
          key: 'attempts',
          title: t('job.column.attempts'),
          isAtEnd: true,
          cell: ({ attempts }) => number(attempts),
        },
        {
          key: 'at',
          title: t('job.column.at'),
          isAtEnd: true,
          cell: ({ finishedAt, createdAt }) => <Moment at={finishedAt ?? createdAt} />,
        },
        { key: 'remedy', title: '', isAtEnd: true, cell: (job) => <RemedyOf job={job} /> },
      ]}
    />
  )
}

function RemedyOf({ job }: { readonly job: Job }) {
  const words = useWords()
  const { t } = words
  const retrying = useChanging(retryJob, { renews: [JOBS_PATH] })
  const remedy = remedyOf(job)

  async function retry(): Promise<void> {
    const reply = await retrying.run(job.id)
    say(reply.refusal === undefined ? t('job.retried') : refusalText(reply, words))
  }

  if (remedy === undefined) return null
  if (remedy.kind === 'open') return <PageLink href={remedy.path}>{t(remedy.label)}</PageLink>
  return (
    <Button isBusy={retrying.isBusy} onClick={() => void retry()}>
      {t('job.retry')}
    </Button>
  )
}

function progressText(
  { done, total, text }: NonNullable<Job['progress']>,
  { t }: Pick<ReturnType<typeof useWords>, 't'>,
): string {
  if (text !== '') return text
  return total === null ? t('job.progress.open', { done }) : t('job.progress', { done, total })
}
