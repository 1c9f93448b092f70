import { useSession } from '../../session.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import type { EditorModel } from '../editor-model.ts'
import type { Fault } from '../faults.ts'
import { FrequencyFields } from './frequency-fields.tsx'
import { MomentField } from './moment-field.tsx'
import { NumberField } from './number-field.tsx'
import { TriggerList } from './trigger-list.tsx'

interface WhenTabProps {
  readonly editor: EditorModel
  readonly faults: readonly Fault[]
}

const ORDER_COMPLETED = 'Order Completed'
const MOST_DAYS = 90

/** When on the page, how often, from when to when, before which others, and what for. */
export function WhenTab({ editor, faults }: WhenTabProps) {
  const { t } = useWords()
  const { shop } = useSession()
  const { triggers, frequency, startsAt, endsAt, priority, goal } = editor.draft.value
  const faultAt = (at: string) => {
    const found = faults.find((fault) => fault.at === at)
    return found && t(`fault.experience.${found.what}`)
  }
  const isOrder = goal.event === ORDER_COMPLETED
  return (
    <div class="editor-column">
      <Section title={t('editor.triggers')} text={t('editor.triggers.text')}>
        <TriggerList
          triggers={triggers}
          currency={shop.currency}
          faultAt={faultAt}
          onChange={(next, mark) => editor.change({ triggers: [...next] }, mark)}
        />
      </Section>
      <Section title={t('editor.frequency')} text={t('editor.frequency.text')}>
        <FrequencyFields
          frequency={frequency}
          onChange={(next, mark) => editor.change({ frequency: next }, mark)}
        />
      </Section>
      <Section title={t('editor.schedule')} text={t('editor.zone', { zone: shop.timeZone })}>
        <div class="form-rows">
          <MomentField
            name="startsAt"
            label={t('editor.starts')}
            value={startsAt}
            timeZone={shop.timeZone}
            onChange={(at) => editor.change({ startsAt: at }, 'startsAt')}
          />
          <MomentField
            name="endsAt"
            label={t('editor.ends')}
            value={endsAt}
            timeZone={shop.timeZone}
            fault={faultAt('endsAt')}
            onChange={(at) => editor.change({ endsAt: at }, 'endsAt')}
          />
        </div>
      </Section>
      <Section title={t('editor.goal')} text={t('editor.goal.text')}>
        <div class="form-rows">
          <SelectField
            name="goal"
            label={t('editor.goal.kind')}
            isRequired
            value={isOrder ? 'order' : 'event'}
            options={(['order', 'event'] as const).map((value) => ({
              value,
              label: t(`editor.goal.${value}`),
            }))}
            onChange={(value) =>
              editor.change({ goal: { ...goal, event: value === 'order' ? ORDER_COMPLETED : '' } })
            }
          />
          {!isOrder && (
            <TextField
              name="goal-event"
              label={t('editor.goal.name')}
              hint={t('editor.goal.name.hint')}
              value={goal.event}
              maxLength={200}
              isRequired
              fault={faultAt('goal.event')}
              onInput={(event) => editor.change({ goal: { ...goal, event } }, 'goal.event')}
            />
          )}
          <NumberField
            name="withinDays"
            label={t('editor.goal.days')}
            hint={t('editor.goal.days.hint')}
            value={goal.withinDays}
            min={1}
            max={MOST_DAYS}
            onChange={(days) =>
              editor.change({ goal: { ...goal, withinDays: Math.round(days) } }, 'goal.days')
            }
          />
        </div>
      </Section>
      <Section title={t('editor.priority')} text={t('editor.priority.text')}>
        <div class="form-rows">
          <NumberField
            name="priority"
            label={t('editor.priority')}
            value={priority}
            min={0}
            max={1_000}
            onChange={(next) => editor.change({ priority: Math.round(next) }, 'priority')}
          />
        </div>
      </Section>
    </div>
  )
}
