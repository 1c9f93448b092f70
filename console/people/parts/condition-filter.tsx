import { useEffect, useState } from 'preact/hooks'
import type { Audience } from '#protocol/audiences.ts'
import { AUDIENCES_PATH } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Refused } from '../../api.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { TargetingBuilder } from '../../targeting/targeting-builder.tsx'
import { hasFault } from '../../targeting/faults.ts'
import { targetingInWords } from '../../targeting/in-words.ts'
import { useTargetingNames } from '../../targeting/targeting-names.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import {
  branchesOf,
  conditionIn,
  conditionText,
  EVERYBODY,
  isEverybody,
  withBranch,
} from '../list-address.ts'
import { asksFor, isSame, PRESETS } from '../presets.ts'

interface ConditionFilterProps {
  /** Where a list is not of people itself. */
  readonly title?: string
  readonly value: Condition
  readonly onChange: (condition: Condition) => void
  readonly refused: Refused | undefined
}

/** Whom a list shows: what is often asked for by one press, anything else as a sentence. */
export function ConditionFilter({ title, value, onChange, refused }: ConditionFilterProps) {
  const words = useWords()
  const { t } = words
  const names = useTargetingNames()
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState(value)
  const text = conditionText(value)
  useEffect(() => {
    // Told from elsewhere: a preset, a view, the way back.
    setDraft((before) =>
      hasFault(before) || conditionText(before) !== text ? conditionIn(text) : before,
    )
  }, [text])
  return (
    <>
      <fieldset class="list-chips">
        <legend class="visually-hidden">{title ?? t('people.narrow')}</legend>
        {title !== undefined && (
          <span class="list-chips-title" aria-hidden="true">
            {title}
          </span>
        )}
        {PRESETS.map((preset) => {
          const isOn = asksFor(value, preset)
          const isIt = (branch: Condition) => isSame(branch, preset.condition)
          const toggled = withBranch(value, isIt, isOn ? undefined : preset.condition)
          return (
            <button
              key={preset.key}
              type="button"
              class="list-chip"
              aria-pressed={isOn}
              onClick={() => onChange(toggled)}
            >
              {t(preset.label)}
            </button>
          )
        })}
        <AudienceFilter value={value} onChange={onChange} />
      </fieldset>
      <details
        class="list-condition folds"
        open={isOpen}
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary>
          {isEverybody(value) ? t('people.any_condition') : targetingInWords(value, words, names)}
        </summary>
        {isOpen && (
          <div>
            <TargetingBuilder
              about="profile"
              value={draft}
              onChange={(written) => {
                setDraft(written)
                // What is half written would narrow to something else.
                if (!hasFault(written)) onChange(written)
              }}
              refused={refused}
            />
            {!isEverybody(value) && (
              <Button onClick={() => onChange(EVERYBODY)}>{t('people.clear')}</Button>
            )}
          </div>
        )}
      </details>
    </>
  )
}

function AudienceFilter({ value, onChange }: Pick<ConditionFilterProps, 'value' | 'onChange'>) {
  const { t } = useWords()
  const { may } = useSession()
  const read = useReading<{ items: readonly Audience[] }>(
    may('audiences', 'read') ? AUDIENCES_PATH : undefined,
  )
  const audiences = read.value?.items ?? []
  if (audiences.length === 0) return null
  const asked = branchesOf(value).find((branch) => branch.kind === 'audience')
  return (
    <FilterField
      label={t('people.audience')}
      value={asked?.kind === 'audience' ? asked.audienceId : ''}
      options={[
        { value: '', label: t('people.any_audience') },
        ...audiences.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(audienceId) =>
        onChange(
          withBranch(
            value,
            (branch) => branch.kind === 'audience',
            audienceId === '' ? undefined : { kind: 'audience', audienceId },
          ),
        )
      }
    />
  )
}
