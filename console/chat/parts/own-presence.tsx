import type { OwnPresence, PresenceDraft } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, OWN_PRESENCE_PATH } from '#protocol/names.ts'
import { change } from '../../api.ts'
import { useReading } from '../../queries.ts'
import { faultText, type FormFault } from '../../settings/faults.ts'
import { ChoiceField } from '../../settings/parts/choice-field.tsx'
import { FormActions } from '../../settings/parts/form-actions.tsx'
import { useSettingsForm } from '../../settings/use-settings-form.ts'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'

/** Whether the reader gets chats of this shop, and how many at once; nothing for whoever answers in no channel. */
export function OwnPresenceSection() {
  const presence = useReading<OwnPresence>(OWN_PRESENCE_PATH)
  const { value } = presence
  if (value === undefined || value.channels.length === 0) return null
  return <Draft own={value} />
}

const MOST_CHATS = 50

function Draft({ own }: { readonly own: OwnPresence }) {
  const words = useWords()
  const { t } = words
  const form = useSettingsForm({
    stored: {
      // Whoever reads this is here: what they set is what counts.
      presence: own.presence === 'away' ? ('away' as const) : ('online' as const),
      maxChats: own.maxChats === null ? '' : String(own.maxChats),
    },
    save: ({ presence, maxChats }) => {
      const draft: PresenceDraft = {
        presence,
        maxChats: maxChats.trim() === '' ? null : Number(maxChats),
      }
      return change<OwnPresence>('PUT', OWN_PRESENCE_PATH, draft)
    },
    renews: [OWN_PRESENCE_PATH, CHANNELS_PATH],
    faultIn,
  })
  const { presence, maxChats } = form.fields.value
  return (
    <Section title={t('own_presence.title')} text={t('own_presence.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(form.fault.value, undefined, words)}
      >
        <ChoiceField
          legend={t('own_presence.presence')}
          name="presence"
          value={presence}
          choices={(['online', 'away'] as const).map((value) => ({
            value,
            label: t(`presence.${value}`),
            text: t(`own_presence.${value}.text`),
          }))}
          onChange={(next) => form.write('presence', next)}
        />
        <TextField
          name="max-chats"
          type="number"
          label={t('own_presence.max_chats')}
          hint={t('own_presence.max_chats.hint')}
          value={maxChats}
          onInput={(text) => form.write('maxChats', text)}
          fault={faultText(form.fault.value, 'maxChats', words)}
        />
        <FormActions form={form} />
      </Form>
    </Section>
  )
}

function faultIn({ maxChats }: { readonly maxChats: string }): FormFault | undefined {
  if (maxChats.trim() === '') return undefined
  const many = Number(maxChats)
  const isSound = Number.isInteger(many) && many >= 1 && many <= MOST_CHATS
  return isSound ? undefined : { field: 'maxChats', message: 'own_presence.fault' }
}
