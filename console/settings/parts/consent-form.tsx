import { CONSENT_MODES, DOCS_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopAnswer, ShopSettings } from '#protocol/shop.ts'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { faultText } from '../faults.ts'
import { replaceShop } from '../requests.ts'
import { useSettingsForm } from '../use-settings-form.ts'
import { ChoiceField } from './choice-field.tsx'
import { FormActions } from './form-actions.tsx'
import { GuideLink } from './guide-link.tsx'

type ConsentFields = Pick<ShopSettings, 'consentMode'>

/** What is sent before a visitor has chosen. */
export function ConsentForm({ settings }: { readonly settings: ShopAnswer }) {
  const words = useWords()
  const { t } = words
  const { name, currency, timeZone, consentMode } = settings
  const form = useSettingsForm<ConsentFields>({
    stored: { consentMode },
    save: (fields) => replaceShop({ name, currency, timeZone, ...fields }),
    renews: [SHOP_PATH],
  })

  return (
    <Section title={t('settings.consent.title')} text={t('settings.consent.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(form.fault.value, undefined, words)}
      >
        <ChoiceField
          legend={t('settings.consent.legend')}
          name="consentMode"
          value={form.fields.value.consentMode}
          choices={CONSENT_MODES.map((value) => ({
            value,
            label: t(`settings.consent.${value}`),
            text: t(`settings.consent.${value}.text`),
          }))}
          onChange={(mode) => form.write('consentMode', mode)}
        />
        <GuideLink href={`${DOCS_PATH}tag`}>{t('settings.consent.guide')}</GuideLink>
        <FormActions form={form} />
      </Form>
    </Section>
  )
}
