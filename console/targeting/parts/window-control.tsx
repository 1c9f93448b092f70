import type { Window, WindowUnit } from '#protocol/comparison.ts'
import { useWords } from '../../words.ts'
import { InlineNumber } from './inline-number.tsx'
import { InlineSelect } from './inline-select.tsx'

const UNITS: readonly WindowUnit[] = ['minutes', 'hours', 'days', 'weeks']
const MOST = 1_000_000

interface WindowControlProps {
  readonly value: Window
  readonly onChange: (value: Window) => void
}

/** “7 days”. */
export function WindowControl({ value, onChange }: WindowControlProps) {
  const { t } = useWords()
  return (
    <>
      <InlineNumber
        label={t('slot.span')}
        value={value.last}
        least={1}
        most={MOST}
        isWhole
        onChange={(last) => onChange({ ...value, last })}
      />
      <InlineSelect
        label={t('slot.unit')}
        value={value.unit}
        options={UNITS.map((unit) => ({ value: unit, label: t(`span.unit.${unit}`) }))}
        onChange={(chosen) =>
          onChange({ ...value, unit: UNITS.find((unit) => unit === chosen) ?? value.unit })
        }
      />
    </>
  )
}
