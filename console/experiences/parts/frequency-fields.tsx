import type { Frequency, FrequencyPeriod, StopReason } from '#protocol/experiences.ts'
import { CheckField, SelectField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { NumberField } from './number-field.tsx'

interface FrequencyFieldsProps {
  readonly frequency: Frequency
  readonly onChange: (frequency: Frequency, mark?: string) => void
}

const PERIODS: readonly FrequencyPeriod[] = ['pageView', 'session', 'day', 'week', 'month', 'ever']
const REASONS: readonly StopReason[] = ['closing', 'converting', 'answering']
const MINUTE = 60
const YEAR_MINUTES = 525_600

export function FrequencyFields({ frequency, onChange }: FrequencyFieldsProps) {
  const { t } = useWords()
  const { per, times, stopAfter, gapSeconds } = frequency
  return (
    <div class="form-rows">
      <div class="editor-pair">
        <NumberField
          name="times"
          label={t('frequency.times')}
          value={times}
          min={1}
          max={100}
          onChange={(next) => onChange({ ...frequency, times: Math.round(next) }, 'times')}
        />
        <SelectField
          name="per"
          label={t('frequency.per')}
          isRequired
          value={per}
          options={PERIODS.map((value) => ({ value, label: t(`frequency.per.${value}`) }))}
          onChange={(value) =>
            onChange({ ...frequency, per: PERIODS.find((period) => period === value) ?? per })
          }
        />
      </div>
      <fieldset class="editor-choices">
        <legend>{t('frequency.stop')}</legend>
        {REASONS.map((reason) => (
          <CheckField
            key={reason}
            name={reason}
            label={t(`frequency.stop.${reason}`)}
            isChecked={stopAfter.includes(reason)}
            onChange={(isOn) =>
              onChange({
                ...frequency,
                stopAfter: REASONS.filter((one) =>
                  one === reason ? isOn : stopAfter.includes(one),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <NumberField
        name="gap"
        label={t('frequency.gap')}
        hint={t('frequency.gap.hint')}
        value={gapSeconds / MINUTE}
        min={0}
        max={YEAR_MINUTES}
        onChange={(minutes) =>
          onChange({ ...frequency, gapSeconds: Math.round(minutes * MINUTE) }, 'gap')
        }
      />
    </div>
  )
}
