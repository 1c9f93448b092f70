import type { FormModel } from '../../settings/form-model.ts'
import { faultText } from '../../settings/faults.ts'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { OFFERED_EVENTS, withEvent, type WebhookFields } from '../webhook-model.ts'

interface WebhookFormProps {
  readonly form: FormModel<WebhookFields>
  readonly submit: string
  readonly onSubmit: () => void
  readonly onClose: () => void
}

/** Where to, and of what. */
export function WebhookForm({ form, submit, onSubmit, onClose }: WebhookFormProps) {
  const words = useWords()
  const { t, language } = words
  const { url, events, description } = form.fields.value
  const fault = form.fault.value
  const eventsFault = faultText(fault, 'events', words)
  return (
    <Form
      onSubmit={onSubmit}
      isBusy={form.isBusy.value}
      fault={faultText(fault, undefined, words) ?? eventsFault}
    >
      <TextField
        label={t('webhook.url')}
        name="url"
        type="url"
        isRequired
        isCode
        isFirst
        maxLength={2_000}
        autocomplete="off"
        hint={t('webhook.url.hint')}
        value={url}
        fault={faultText(fault, 'url', words)}
        onInput={(value) => form.write('url', value)}
      />
      <fieldset class="webhook-events">
        <legend class="control-label">{t('webhook.events')}</legend>
        {OFFERED_EVENTS.map((event) => (
          <CheckField
            key={event}
            name={event}
            label={sentenceCase(t(`webhook.event.${event}`), language)}
            hint={event}
            isChecked={events.includes(event)}
            onChange={() => form.write('events', withEvent(events, event))}
          />
        ))}
      </fieldset>
      <TextField
        label={t('webhook.description')}
        name="description"
        maxLength={200}
        autocomplete="off"
        hint={t('webhook.description.hint')}
        value={description}
        fault={faultText(fault, 'description', words)}
        onInput={(value) => form.write('description', value)}
      />
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" kind="primary" isBusy={form.isBusy.value}>
          {submit}
        </Button>
      </FormEnd>
    </Form>
  )
}
