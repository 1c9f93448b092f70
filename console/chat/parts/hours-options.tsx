import type { ComponentChildren } from 'preact'
import { useId, useMemo } from 'preact/hooks'
import type { BusinessHours } from '#protocol/chat-channels.ts'
import { ChoiceField } from '../../settings/parts/choice-field.tsx'
import { timeZoneChoices } from '../../time-zones.ts'
import { Button } from '../../ui/button.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useWords } from '../../words.ts'
import {
  copiedToOpenDays,
  DAYS,
  isSpanSound,
  MAX_EXCEPTIONS,
  MAX_SPANS,
  replacedAt,
  shownEnd,
  usualHours,
  withoutAt,
  withSpan,
  writtenEnd,
  type Day,
  type Span,
} from '../week-hours.ts'
import type { OptionsProps } from './options-props.ts'

interface HoursOptionsProps extends OptionsProps {
  /** The shop's, to begin with. */
  readonly timeZone: string
}

/** When somebody answers: a week, and days that are not as their weekday. */
export function HoursOptions({ options, change, timeZone }: HoursOptionsProps) {
  const { t, language } = useWords()
  const { hours } = options
  const present = hours?.timeZone ?? timeZone
  const zones = useMemo(() => timeZoneChoices(language, present, Date.now()), [language, present])
  return (
    <>
      <ChoiceField
        legend={t('hours.legend')}
        name="hours"
        value={hours === null ? 'always' : 'week'}
        choices={(['always', 'week'] as const).map((value) => ({
          value,
          label: t(`hours.${value}`),
          text: t(`hours.${value}.text`),
        }))}
        onChange={(kind) => change({ hours: kind === 'always' ? null : usualHours(timeZone) })}
      />
      {hours !== null && (
        <>
          <PickField
            name="hours-zone"
            label={t('hours.zone')}
            value={hours.timeZone}
            choices={zones}
            onPick={(zone) => change({ hours: { ...hours, timeZone: zone } })}
            isRequired
          />
          <Week hours={hours} onChange={(next) => change({ hours: next })} />
          <Exceptions hours={hours} onChange={(next) => change({ hours: next })} />
        </>
      )}
    </>
  )
}

interface HoursProps {
  readonly hours: BusinessHours
  readonly onChange: (hours: BusinessHours) => void
}

function Week({ hours, onChange }: HoursProps) {
  const { t } = useWords()
  const names = useDayNames()
  const { week } = hours
  const firstOpen = DAYS.find((day) => week[day].length > 0)
  return (
    <ul class="hours-days">
      {DAYS.map((day) => (
        <li key={day}>
          <Spans
            name={names[day]}
            spans={week[day]}
            onChange={(spans) => onChange({ ...hours, week: { ...week, [day]: spans } })}
          >
            {day === firstOpen && (
              <Button
                kind="quiet"
                name={t('hours.copy.label', { day: names[day] })}
                onClick={() => onChange({ ...hours, week: copiedToOpenDays(week, day) })}
              >
                {t('hours.copy')}
              </Button>
            )}
          </Spans>
        </li>
      ))}
    </ul>
  )
}

function Exceptions({ hours, onChange }: HoursProps) {
  const { t } = useWords()
  const { exceptions } = hours
  const set = (next: BusinessHours['exceptions']) => onChange({ ...hours, exceptions: next })
  const days = exceptions.map(({ on }) => on)
  return (
    <fieldset class="hours-exceptions">
      <legend class="control-label">{t('hours.exceptions')}</legend>
      <p class="control-hint">{t('hours.exceptions.hint')}</p>
      <ul class="hours-days">
        {exceptions.map((exception, at) => (
          // A row is its place: its day is what is being written.
          <li key={at}>
            <Spans
              name={exception.on === '' ? t('hours.exception') : exception.on}
              day={
                <input
                  type="date"
                  class="control-input"
                  aria-label={t('hours.exception.day', { n: at + 1 })}
                  aria-invalid={exception.on === '' || days.indexOf(exception.on) < at}
                  value={exception.on}
                  onInput={({ currentTarget }) =>
                    set(replacedAt(exceptions, at, { ...exception, on: currentTarget.value }))
                  }
                />
              }
              spans={exception.spans}
              onChange={(spans) => set(replacedAt(exceptions, at, { ...exception, spans }))}
            >
              <Button
                kind="quiet"
                icon="trash"
                name={t('hours.exception.remove', { n: at + 1 })}
                onClick={() => set(withoutAt(exceptions, at))}
              />
            </Spans>
          </li>
        ))}
      </ul>
      {exceptions.length < MAX_EXCEPTIONS && (
        <span>
          <Button icon="plus" onClick={() => set([...exceptions, { on: '', spans: [] }])}>
            {t('hours.exception.add')}
          </Button>
        </span>
      )}
    </fieldset>
  )
}

interface SpansProps {
  /** Of the day. */
  readonly name: string
  /** Where the day is written itself. */
  readonly day?: ComponentChildren
  readonly spans: readonly Span[]
  readonly onChange: (spans: Span[]) => void
  readonly children?: ComponentChildren
}

/** The hours of one day; none: closed. */
function Spans({ name, day, spans, onChange, children }: SpansProps) {
  const { t } = useWords()
  const id = useId()
  const isOpen = spans.length > 0
  return (
    <div class="hours-day">
      <span class="hours-day-name">
        <input
          type="checkbox"
          id={id}
          checked={isOpen}
          aria-label={t('hours.open.label', { day: name })}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? withSpan([]) : [])}
        />
        {day ?? <label for={id}>{name}</label>}
      </span>
      <span class="hours-spans">
        {!isOpen && <span class="control-hint">{t('hours.closed')}</span>}
        {spans.map((span, at) => (
          <span class="hours-span" key={at}>
            <TimeInput
              name={t('hours.from', { day: name })}
              value={span.from}
              isSound={isSpanSound(span)}
              onInput={(from) => onChange(replacedAt(spans, at, { ...span, from }))}
            />
            <span aria-hidden="true">–</span>
            <TimeInput
              name={t('hours.to', { day: name })}
              value={shownEnd(span.to)}
              isSound={isSpanSound(span)}
              onInput={(to) => onChange(replacedAt(spans, at, { ...span, to: writtenEnd(to) }))}
            />
            {spans.length > 1 && (
              <Button
                kind="quiet"
                icon="close"
                name={t('hours.span.remove', { day: name, from: span.from })}
                onClick={() => onChange(withoutAt(spans, at))}
              />
            )}
          </span>
        ))}
      </span>
      <span class="hours-day-end">
        {isOpen && spans.length < MAX_SPANS && (
          <Button
            kind="quiet"
            icon="plus"
            name={t('hours.span.add', { day: name })}
            onClick={() => onChange(withSpan(spans))}
          />
        )}
        {children}
      </span>
    </div>
  )
}

interface TimeInputProps {
  readonly name: string
  readonly value: string
  readonly isSound: boolean
  readonly onInput: (value: string) => void
}

function TimeInput({ name, value, isSound, onInput }: TimeInputProps) {
  return (
    <input
      type="time"
      class="control-input"
      aria-label={name}
      aria-invalid={!isSound}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  )
}

/** As the reader calls them; 2 January 2023 was a Monday. */
function useDayNames(): Readonly<Record<Day, string>> {
  const { locale } = useWords()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
    const nameOf = (at: number) => {
      const name = format.format(Date.UTC(2023, 0, 2 + at))
      return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1)
    }
    return {
      mon: nameOf(0),
      tue: nameOf(1),
      wed: nameOf(2),
      thu: nameOf(3),
      fri: nameOf(4),
      sat: nameOf(5),
      sun: nameOf(6),
    }
  }, [locale])
}
