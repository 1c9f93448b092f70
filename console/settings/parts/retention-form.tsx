import { DOCS_PATH, MAX_COUNTED_ROWS, RETENTION_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { RetentionEstimate, ShopAnswer } from '#protocol/shop.ts'
import { useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { SelectField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { faultText } from '../faults.ts'
import { pathOf } from '../path-of.ts'
import { replaceShop } from '../requests.ts'
import { basicsOf, retentionChoices } from '../shop-model.ts'
import { useSettingsForm } from '../use-settings-form.ts'
import { FormActions } from './form-actions.tsx'
import { GuideLink } from './guide-link.tsx'

/** How long events are kept; what would go is said before anybody saves it. */
export function RetentionForm({ settings }: { readonly settings: ShopAnswer }) {
  const words = useWords()
  const { t } = words
  const form = useSettingsForm({
    stored: { retentionMonths: settings.retentionMonths },
    save: (fields) => replaceShop({ ...basicsOf(settings), ...fields }),
    renews: [SHOP_PATH],
  })
  const months = form.fields.value.retentionMonths

  return (
    <Section title={t('settings.retention.title')} text={t('settings.retention.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(form.fault.value, undefined, words)}
      >
        <SelectField
          label={t('settings.retention.label')}
          name="retentionMonths"
          isRequired
          value={months === null ? '' : String(months)}
          options={retentionChoices(settings.retentionMonths).map((choice) => ({
            value: choice === null ? '' : String(choice),
            label:
              choice === null
                ? t('settings.retention.keep')
                : t('settings.retention.months', { n: choice }),
          }))}
          onChange={(value) => form.write('retentionMonths', value === '' ? null : Number(value))}
        />
        {months === null ? (
          <p class="control-hint">{t('settings.retention.kept')}</p>
        ) : (
          <WouldGo months={months} isChanged={form.isChanged.value} />
        )}
        <GuideLink href={`${DOCS_PATH}retention`}>{t('settings.retention.guide')}</GuideLink>
        <FormActions form={form} />
      </Form>
    </Section>
  )
}

/** What would be deleted, when, and how much that is by now. */
function WouldGo({ months, isChanged }: { readonly months: number; readonly isChanged: boolean }) {
  const words = useWords()
  const { t, day, exactly, number } = words
  const path = pathOf(RETENTION_PATH, {}, { months: String(months) })
  const { value, refused } = useReading<RetentionEstimate>(path)
  if (refused !== undefined) return <Notice tone="bad" title={refusalText(refused, words)} />
  if (value === undefined) return <p class="control-hint">{t('settings.retention.counting')}</p>
  const shown = (rows: number) => (rows < MAX_COUNTED_ROWS ? number(rows) : `${number(rows)}+`)
  const rows = { events: shown(value.events), sessions: shown(value.sessions) }
  const isNothing = value.events + value.sessions === 0
  return (
    <div aria-live="polite">
      <Notice
        tone={isChanged && !isNothing ? 'warn' : 'note'}
        title={t('settings.retention.before', { day: day(value.before) })}
      >
        <p>
          {isNothing ? t('settings.retention.nothing') : t('settings.retention.rows', rows)}{' '}
          {t('settings.retention.when', { at: exactly(value.nextAt) })}
        </p>
        <p>{t('settings.retention.untouched')}</p>
      </Notice>
    </div>
  )
}
