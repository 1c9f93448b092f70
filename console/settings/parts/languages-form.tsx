import { SHOP_PATH } from '#protocol/names.ts'
import type { ShopAnswer } from '#protocol/shop.ts'
import { Languages } from '../../own-account/parts/languages.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { faultText } from '../faults.ts'
import { replaceShop } from '../requests.ts'
import { basicsOf } from '../shop-model.ts'
import { useSettingsForm } from '../use-settings-form.ts'
import { FormActions } from './form-actions.tsx'
import '../../own-account/own-account.css'

const MAX_LANGUAGES = 20

/** What the shop speaks, the default first. */
export function LanguagesForm({ settings }: { readonly settings: ShopAnswer }) {
  const words = useWords()
  const { t } = words
  const form = useSettingsForm({
    stored: { languages: settings.languages },
    save: (fields) => replaceShop({ ...basicsOf(settings), ...fields }),
    renews: [SHOP_PATH],
  })
  const { languages } = form.fields.value
  const without = (tag: string) => languages.filter((one) => one !== tag)

  return (
    <Section title={t('settings.languages.title')} text={t('settings.languages.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(form.fault.value, undefined, words)}
      >
        <Languages
          legend={t('settings.languages.legend')}
          hint={t('settings.languages.hint')}
          languages={languages}
          most={MAX_LANGUAGES}
          isRequired
          fault={undefined}
          onAdd={(tag) => form.write('languages', [...without(tag), tag])}
          onPrefer={(tag) => form.write('languages', [tag, ...without(tag)])}
          onRemove={(tag) => form.write('languages', without(tag))}
        />
        <FormActions form={form} />
      </Form>
    </Section>
  )
}
