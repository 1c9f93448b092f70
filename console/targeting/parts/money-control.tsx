import { currencyChoices } from '../../choices.ts'
import { useWords } from '../../words.ts'
import type { Money } from '../slots.ts'
import { minorUnitsOf } from '../money.ts'
import { InlineSelect } from './inline-select.tsx'
import { NumberControl } from './number-control.tsx'

interface MoneyControlProps {
  readonly value: Money
  readonly onChange: (value: Money) => void
  readonly isClaim: boolean
  /** Minor units of one. */
  readonly factor: number
}

/** “at least 50 EUR”. */
export function MoneyControl({ value, onChange, isClaim, factor }: MoneyControlProps) {
  const { t, language } = useWords()
  return (
    <>
      <NumberControl
        value={value.amount}
        isClaim={isClaim}
        factor={factor}
        onChange={(amount) => onChange({ ...value, amount })}
      />
      <InlineSelect
        label={t('slot.currency')}
        value={value.currency}
        options={currencyChoices(language, value.currency).map((it) => ({
          value: it.value,
          label: it.value,
        }))}
        onChange={(currency) => onChange(inCurrency(value, currency))}
      />
    </>
  )
}

/** What is written stays what it is: 50 euros become 50 yen. */
function inCurrency({ amount, currency }: Money, next: string): Money {
  const scale = (value: number) => Math.round((value / minorUnitsOf(currency)) * minorUnitsOf(next))
  if ('value' in amount)
    return { currency: next, amount: { ...amount, value: scale(amount.value) } }
  if (amount.op !== 'between') return { currency: next, amount }
  return { currency: next, amount: { ...amount, from: scale(amount.from), to: scale(amount.to) } }
}
