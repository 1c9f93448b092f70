import { useState } from 'preact/hooks'
import { JOBS_PATH } from '#protocol/names.ts'
import type { Job, JobState } from '#protocol/jobs.ts'
import { useListing } from '../queries.ts'
import { MoreButton } from '../settings/parts/more-button.tsx'
import { FilterField } from '../settings/parts/filter-field.tsx'
import { pathOf } from '../settings/path-of.ts'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { JobTable } from './parts/job-table.tsx'

const STATES = ['dead', 'waiting', 'running', 'done'] as const satisfies readonly JobState[]

/** Work in the background; first what has been given up. */
export function Page() {
  const { t } = useWords()
  const [state, setState] = useState<JobState>('dead')
  const jobs = useListing<Job>(pathOf(JOBS_PATH, {}, { state }))
  const which = state === 'dead' ? 'job.empty.dead' : 'job.empty'
  return (
    <PageFrame
      title={t('job.title')}
      intro={t('job.intro')}
      actions={
        <FilterField
          label={t('job.filter')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`job.state.${value}`) }))}
          onChange={setState}
        />
      }
    >
      <Loaded reading={jobs} rows={5}>
        {(listed) => (
          <JobTable
            jobs={listed}
            empty={<Empty title={t(`${which}.title`)} text={t(`${which}.text`)} />}
          />
        )}
      </Loaded>
      <MoreButton listing={jobs} />
    </PageFrame>
  )
}
