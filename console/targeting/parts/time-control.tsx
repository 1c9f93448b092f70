import type { TimeComparison } from '#protocol/comparison.ts'
import { useWords } from '../../words.ts'
import { InlineSelect } from './inline-select.tsx'
import { WindowControl } from './window-control.tsx'

interface TimeControlProps {
  readonly value: TimeComparison
  readonly onChange: (value: TimeComparison) => void
}

const OPS = ['last', 'before', 'after'] as const

/** “was in the last 30 days”, “was before 1 May 2026”. */
export function TimeControl({ value: test, onChange }: TimeControlProps) {
  const { t } = useWords()
  const ops = [
    ...OPS.map((op) => ({ value: op, label: t(`time.${op}`) })),
    ...(['isSet', 'isNotSet'] as const).map((op) => ({ value: op, label: t(`is.${op}`) })),
  ]
  return (
    <>
      <InlineSelect
        label={t('slot.comparison')}
        value={test.op}
        options={ops}
        onChange={(op) => onChange(withTimeOp(test, op))}
      />
      <TimeOperand value={test} onChange={onChange} />
    </>
  )
}

/** The span or the time behind the comparison. */
export function TimeOperand({ value: test, onChange }: TimeControlProps) {
  const { t } = useWords()
  return (
    <>
      {test.op === 'last' && (
        <WindowControl value={test.window} onChange={(window) => onChange({ ...test, window })} />
      )}
      {'at' in test && (
        <input
          class="token"
          type="datetime-local"
          aria-label={t('slot.time')}
          value={localTextOf(test.at)}
          onInput={({ currentTarget }) => {
            const at = new Date(currentTarget.value).getTime()
            if (!Number.isNaN(at)) onChange({ ...test, at })
          }}
        />
      )}
    </>
  )
}

function withTimeOp(test: TimeComparison, op: string): TimeComparison {
  if (op === 'isSet' || op === 'isNotSet') return { op }
  if (op === 'last') return { op, window: { last: 30, unit: 'days' } }
  const at = 'at' in test ? test.at : new Date().setHours(0, 0, 0, 0)
  return op === 'before' || op === 'after' ? { op, at } : test
}

/** As the field has it: by the reader's clock, without a zone. */
function localTextOf(at: number): string {
  const local = at - new Date(at).getTimezoneOffset() * 60_000
  return new Date(local).toISOString().slice(0, 16)
}
