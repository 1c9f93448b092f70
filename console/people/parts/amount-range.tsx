import { useWords } from '../../words.ts'
import { amountMeant, amountWritten } from '../amount-filter.ts'
import { FilterText } from './filter-text.tsx'

interface AmountRangeProps {
  readonly label: string
  readonly currency: string
  /** Minor units; empty: no bound. */
  readonly least: string
  readonly most: string
  readonly onChange: (changes: { readonly least?: string; readonly most?: string }) => void
}

/** From how much, up to how much. */
export function AmountRange({ label, currency, least, most, onChange }: AmountRangeProps) {
  const { t } = useWords()
  return (
    <fieldset class="filter-range">
      <legend class="visually-hidden">{label}</legend>
      <FilterText
        label={t('people.filter.least', { what: label, currency })}
        value={amountWritten(least, currency)}
        isNumber
        onChange={(text) => onChange({ least: amountMeant(text, currency) })}
      />
      <FilterText
        label={t('people.filter.most')}
        value={amountWritten(most, currency)}
        isNumber
        onChange={(text) => onChange({ most: amountMeant(text, currency) })}
      />
    </fieldset>
  )
}
