import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { LAST_DAYS, type ShownDays } from '../period.ts'
import './range-picker.css'

interface RangePickerProps {
  readonly shown: ShownDays
  readonly dates: { readonly from: string; readonly to: string }
  readonly today: string
  readonly onPick: (days: ShownDays) => void
}

/** Which days are looked at; the address says it too, so that it can be kept and sent. */
export function RangePicker({ shown, dates, today, onPick: go }: RangePickerProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(shown.kind === 'dates')
  return (
    <fieldset class="range-picker" aria-label={t('dashboard.range')}>
      {LAST_DAYS.map((days) => (
        <button
          key={days}
          type="button"
          class="range-option"
          aria-pressed={shown.kind === 'last' && shown.days === days}
          onClick={() => {
            setOpen(false)
            go({ kind: 'last', days })
          }}
        >
          {days === 1 ? t('dashboard.today') : t('dashboard.days', { n: days })}
        </button>
      ))}
      <button
        type="button"
        class="range-option"
        aria-pressed={shown.kind === 'dates'}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('dashboard.any_range')}
      </button>
      {isOpen && (
        <form
          class="range-dates"
          onSubmit={(event) => {
            event.preventDefault()
            const { from, to } = typedDates(event.currentTarget)
            if (from !== '' && to !== '') {
              go({ kind: 'dates', from: from < to ? from : to, to: from < to ? to : from })
            }
          }}
        >
          <label>
            {t('dashboard.from')}
            <input type="date" name="from" required max={today} defaultValue={dates.from} />
          </label>
          <label>
            {t('dashboard.to')}
            <input type="date" name="to" required max={today} defaultValue={dates.to} />
          </label>
          <Button type="submit">{t('dashboard.show')}</Button>
        </form>
      )}
    </fieldset>
  )
}

function typedDates(form: HTMLFormElement): { readonly from: string; readonly to: string } {
  const fields = new FormData(form)
  const textOf = (name: string) => {
    const value = fields.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { from: textOf('from'), to: textOf('to') }
}
