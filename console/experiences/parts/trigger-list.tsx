import type { Trigger } from '#protocol/experiences.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words.ts'
import { MOST_TRIGGERS } from '../bounds.ts'
import { majorOf, minorOf } from '../money.ts'
import { NumberField } from './number-field.tsx'

interface TriggerListProps {
  readonly triggers: readonly Trigger[]
  readonly currency: string
  readonly faultAt: (at: string) => string | undefined
  readonly onChange: (triggers: readonly Trigger[], mark?: string) => void
}

const KINDS = [
  'load',
  'delay',
  'scroll',
  'exit',
  'inactivity',
  'visible',
  'click',
  'hover',
  'event',
  'pages',
  'cartValue',
  'manual',
] as const satisfies readonly Trigger['on'][]

/** Of several, the first to come shows it. */
export function TriggerList({ triggers, currency, faultAt, onChange }: TriggerListProps) {
  const { t } = useWords()
  const fault = faultAt('triggers')
  return (
    <div class="trigger-list">
      <ul>
        {triggers.map((trigger, at) => (
          <li class="trigger" key={at}>
            <div class="trigger-words">
              <p class="trigger-name">{t(`trigger.${trigger.on}`)}</p>
              <p class="editor-hint">{t(`trigger.${trigger.on}.hint`)}</p>
              <TriggerFields
                trigger={trigger}
                faultAt={(field) => faultAt(`triggers.${at}.${field}`)}
                onChange={(next) =>
                  onChange(
                    triggers.map((one, place) => (place === at ? next : one)),
                    `triggers.${at}`,
                  )
                }
              />
            </div>
            <Button
              kind="quiet"
              icon="close"
              name={t('trigger.remove', { name: t(`trigger.${trigger.on}`) })}
              onClick={() => onChange(triggers.filter((_, place) => place !== at))}
            />
          </li>
        ))}
      </ul>
      {fault !== undefined && <p class="control-fault">{fault}</p>}
      {triggers.length < MOST_TRIGGERS && (
        <Menu
          class="button"
          placement="bottom-start"
          label={
            <>
              <Icon name="plus" />
              {t('trigger.add')}
            </>
          }
          items={KINDS.map((on) => ({
            key: on,
            label: t(`trigger.${on}`),
            hint: t(`trigger.${on}.hint`),
            onSelect: () => onChange([...triggers, newTrigger(on, currency)]),
          }))}
        />
      )}
    </div>
  )
}

function newTrigger(on: Trigger['on'], currency: string): Trigger {
  switch (on) {
    case 'delay':
      return { on, seconds: 5 }
    case 'inactivity':
      return { on, seconds: 20 }
    case 'scroll':
      return { on, percent: 50 }
    case 'visible':
    case 'click':
    case 'hover':
      return { on, selector: '' }
    case 'event':
      return { on, name: '' }
    case 'pages':
      return { on, count: 3 }
    case 'cartValue':
      return { on, amount: 5_000, currency }
    case 'load':
    case 'exit':
    case 'manual':
      return { on }
  }
}

interface TriggerFieldsProps {
  readonly trigger: Trigger
  readonly faultAt: (field: string) => string | undefined
  readonly onChange: (trigger: Trigger) => void
}

function TriggerFields({ trigger, faultAt, onChange }: TriggerFieldsProps) {
  const { t } = useWords()
  switch (trigger.on) {
    case 'delay':
    case 'inactivity':
      return (
        <NumberField
          name="seconds"
          label={t('trigger.seconds')}
          value={trigger.seconds}
          min={trigger.on === 'delay' ? 0 : 1}
          max={86_400}
          onChange={(seconds) => onChange({ ...trigger, seconds })}
        />
      )
    case 'scroll':
      return (
        <NumberField
          name="percent"
          label={t('trigger.percent')}
          value={trigger.percent}
          min={1}
          max={100}
          onChange={(percent) => onChange({ ...trigger, percent })}
        />
      )
    case 'visible':
    case 'click':
    case 'hover':
      return (
        <TextField
          name="selector"
          label={t('trigger.selector')}
          hint={t('trigger.selector.hint')}
          value={trigger.selector}
          maxLength={500}
          isCode
          isRequired
          fault={faultAt('selector')}
          onInput={(selector) => onChange({ ...trigger, selector })}
        />
      )
    case 'event':
      return (
        <TextField
          name="event"
          label={t('trigger.event_name')}
          value={trigger.name}
          maxLength={200}
          isRequired
          fault={faultAt('name')}
          onInput={(name) => onChange({ ...trigger, name })}
        />
      )
    case 'pages':
      return (
        <NumberField
          name="count"
          label={t('trigger.pages_count')}
          value={trigger.count}
          min={1}
          max={1_000}
          onChange={(count) => onChange({ ...trigger, count: Math.round(count) })}
        />
      )
    case 'cartValue':
      return (
        <NumberField
          name="amount"
          label={t('trigger.amount', { currency: trigger.currency })}
          value={majorOf(trigger.amount, trigger.currency)}
          min={0}
          max={1_000_000_000}
          onChange={(amount) => onChange({ ...trigger, amount: minorOf(amount, trigger.currency) })}
        />
      )
    case 'load':
    case 'exit':
    case 'manual':
      return null
  }
}
