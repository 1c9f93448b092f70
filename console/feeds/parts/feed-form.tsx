import { useSession } from '../../session.ts'
import { faultText } from '../../settings/faults.ts'
import type { FormModel } from '../../settings/form-model.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { SCHEDULES, scheduleOf, type FeedFields } from '../feed-model.ts'

interface FeedFormProps {
  readonly form: FormModel<FeedFields>
  readonly submit: string
  readonly onSubmit: () => void
  readonly onClose: () => void
}

/** Where the file is, how often it is fetched, and what becomes of products that it tells of no more. */
export function FeedForm({ form, submit, onSubmit, onClose }: FeedFormProps) {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const { url, schedule, at, hidesMissing } = form.fields.value
  const fault = form.fault.value
  return (
    <Form onSubmit={onSubmit} isBusy={form.isBusy.value} fault={faultText(fault, undefined, words)}>
      <TextField
        label={t('feed.url')}
        name="url"
        type="url"
        isRequired
        isCode
        isFirst
        maxLength={2_000}
        autocomplete="off"
        hint={t('feed.url.hint')}
        value={url}
        fault={faultText(fault, 'url', words)}
        onInput={(value) => form.write('url', value)}
      />
      <SelectField
        label={t('feed.schedule')}
        name="schedule"
        isRequired
        value={schedule}
        options={SCHEDULES.map((value) => ({ value, label: t(`feed.schedule.${value}`) }))}
        onChange={(value) => form.write('schedule', scheduleOf(value))}
      />
      {schedule === 'daily' && (
        <TextField
          label={t('feed.at')}
          name="at"
          type="time"
          isRequired
          hint={t('feed.at.hint', { zone: shop.timeZone })}
          value={at}
          fault={faultText(fault, 'at', words)}
          onInput={(value) => form.write('at', value)}
        />
      )}
      <CheckField
        label={t('feed.hides')}
        name="hidesMissing"
        hint={t('feed.hides.hint')}
        isChecked={hidesMissing}
        onChange={(value) => form.write('hidesMissing', value)}
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
