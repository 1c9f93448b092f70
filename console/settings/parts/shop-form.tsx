import { useMemo } from 'preact/hooks'
import { ACCOUNT_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopAnswer } from '#protocol/shop.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { currencyChoices } from '../../choices.ts'
import { timeZoneOptions } from '../../time-zones.ts'
import { faultText } from '../faults.ts'
import { replaceShop } from '../requests.ts'
import { faultInShop, faultOfShop, type ShopFields } from '../shop-model.ts'
import { useSettingsForm } from '../use-settings-form.ts'
import { FormActions } from './form-actions.tsx'

/** What the shop is called, and what it counts in. */
export function ShopForm({ settings }: { readonly settings: ShopAnswer }) {
  const words = useWords()
  const { t, language } = words
  const { name, consentMode, currency, timeZone } = settings
  const form = useSettingsForm<ShopFields>({
    stored: { name, currency, timeZone },
    save: (fields) => replaceShop({ ...fields, consentMode }),
    // The account names its shops, and the shell shows them.
    renews: [SHOP_PATH, ACCOUNT_PATH],
    faultIn: faultInShop,
    faultOf: faultOfShop,
  })
  const fields = form.fields.value
  const fault = form.fault.value
  const currencies = useMemo(() => currencyChoices(language, currency), [language, currency])
  const zones = useMemo(() => timeZoneOptions(language, timeZone, Date.now()), [language, timeZone])

  return (
    <Section title={t('settings.shop.title')} text={t('settings.shop.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(fault, undefined, words)}
      >
        <TextField
          label={t('settings.name')}
          name="name"
          isRequired
          maxLength={200}
          autocomplete="organization"
          hint={t('settings.name.hint')}
          value={fields.name}
          fault={faultText(fault, 'name', words)}
          onInput={(value) => form.write('name', value)}
        />
        <SelectField
          label={t('settings.currency')}
          name="currency"
          isRequired
          hint={t('settings.currency.hint')}
          value={fields.currency}
          options={currencies}
          fault={faultText(fault, 'currency', words)}
          onChange={(value) => form.write('currency', value)}
        />
        <SelectField
          label={t('settings.time_zone')}
          name="timeZone"
          isRequired
          hint={t('settings.time_zone.hint')}
          value={fields.timeZone}
          options={zones}
          fault={faultText(fault, 'timeZone', words)}
          onChange={(value) => form.write('timeZone', value)}
        />
        <FormActions form={form} />
      </Form>
    </Section>
  )
}
