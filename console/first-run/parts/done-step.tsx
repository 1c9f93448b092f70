import type { Experience } from '#protocol/experiences.ts'
import { LIVE_PAGE_PATH } from '#protocol/names.ts'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import type { Step, StepName } from '../steps.ts'
import { FirstSeen } from './first-seen.tsx'
import { StepFrame } from './step.tsx'

interface DoneStepProps {
  readonly steps: readonly Step[]
  /** The newest that runs; undefined: none does. */
  readonly experience: Experience | undefined
  readonly origin: string | undefined
  readonly addressOf: (step: StepName) => string
}

/** The end: what there is to see now, and what was left out. */
export function DoneStep({ steps, addressOf, experience, origin }: DoneStepProps) {
  const { t } = useWords()
  const left = steps.filter(({ isDone }) => !isDone)
  const isWhole = left.length === 0
  return (
    <StepFrame
      title={t(isWhole ? 'first_run.done.title' : 'first_run.left.title')}
      text={t(isWhole ? 'first_run.done.text' : 'first_run.left.text')}
    >
      {!isWhole && (
        <ul class="left-steps">
          {left.map(({ name }) => (
            <li key={name}>
              <Link href={addressOf(name)}>{t(`first_run.${name}`)}</Link>
            </li>
          ))}
        </ul>
      )}
      {experience !== undefined && <FirstSeen experience={experience} origin={origin} />}
      <div class="step-end">
        <Link href={LIVE_PAGE_PATH} class="button button-primary">
          {t('first_run.done.live')}
        </Link>
        <Link href="/console" class="button button-plain">
          {t('first_run.done.home')}
        </Link>
      </div>
    </StepFrame>
  )
}
