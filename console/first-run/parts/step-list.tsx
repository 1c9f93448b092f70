import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import type { Step, StepName } from '../steps.ts'

interface StepListProps {
  readonly steps: readonly Step[]
  readonly current: StepName | 'done' | undefined
  readonly addressOf: (step: StepName) => string
}

/** All there is to do, and what of it is done; each can be gone to. */
export function StepList({ steps, current, addressOf }: StepListProps) {
  const { t } = useWords()
  return (
    <nav class="step-list" aria-label={t('first_run.steps')}>
      <ol>
        {steps.map(({ name, isDone }, at) => (
          <li key={name} data-done={isDone ? '' : undefined}>
            <Link href={addressOf(name)} aria-current={name === current ? 'step' : undefined}>
              <span class="step-mark" aria-hidden="true">
                {isDone ? <Icon name="check" /> : at + 1}
              </span>
              {t(`first_run.${name}`)}
              {isDone && <span class="visually-hidden"> ({t('first_run.is_done')})</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
