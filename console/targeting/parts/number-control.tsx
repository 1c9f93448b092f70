import type { NumberComparison } from '#protocol/comparison.ts'
import { useWords } from '../../words.ts'
import { InlineNumber } from './inline-number.tsx'
import { InlineSelect } from './inline-select.tsx'

interface NumberControlProps {
  readonly value: NumberComparison
  readonly onChange: (value: NumberComparison) => void
  readonly isClaim: boolean
  /** Behind the number: “times”. */
  readonly unit?: string
  /** What one of what is written is in what is kept: 100 for euros. */
  readonly factor?: number
  readonly least?: number
}

const OPS = ['atLeast', 'greater', 'equals', 'atMost', 'less', 'between'] as const
const PRESENCE = ['isSet', 'isNotSet'] as const

/** “at least 3 times”, “is between 10 and 20”. */
export function NumberControl(props: NumberControlProps) {
  const { value: test, onChange, isClaim } = props
  const { t } = useWords()
  const ops: readonly { value: string; label: string }[] = [
    ...OPS.map((op) => ({ value: op, label: t(isClaim ? `is.${op}` : `num.${op}`) })),
    ...(isClaim ? PRESENCE.map((op) => ({ value: op, label: t(`is.${op}`) })) : []),
  ]
  return (
    <>
      <InlineSelect
        label={t('slot.comparison')}
        value={test.op}
        options={ops}
        onChange={(op) => onChange(withOp(test, op))}
      />
      <NumberOperand {...props} />
    </>
  )
}

/** The number, or both ends, behind the comparison. */
export function NumberOperand(props: Omit<NumberControlProps, 'isClaim'>) {
  const { value: test, onChange, unit = '', factor = 1, least = 0 } = props
  const { t } = useWords()
  if (test.op === 'isSet' || test.op === 'isNotSet') return null
  const number = (label: string, value: number, write: (value: number) => NumberComparison) => (
    <InlineNumber
      label={label}
      value={value / factor}
      least={least}
      onChange={(typed) => onChange(write(factor === 1 ? typed : Math.round(typed * factor)))}
    />
  )
  return (
    <>
      {test.op === 'between' ? (
        <>
          {number(t('slot.from'), test.from, (from) => ({ ...test, from }))}
          <span>{t('num.and')}</span>
          {number(t('slot.to'), test.to, (to) => ({ ...test, to }))}
        </>
      ) : (
        number(t('slot.number'), test.value, (value) => ({ ...test, value }))
      )}
      {unit !== '' && <span>{unit}</span>}
    </>
  )
}

/** Another comparison with the same number. */
export function withOp(test: NumberComparison, op: string): NumberComparison {
  const value = 'value' in test ? test.value : 'from' in test ? test.from : 1
  if (op === 'isSet' || op === 'isNotSet') return { op }
  if (op === 'between') return { op, from: value, to: Math.max(value, value * 2) }
  const known = OPS.find((it) => it === op)
  return known === undefined || known === 'between' ? test : { op: known, value }
}
