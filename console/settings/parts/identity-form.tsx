import { DOCS_PATH, IDENTITY_PATH } from '#protocol/names.ts'
import type { IdentityAnswer } from '#protocol/shop.ts'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { faultText } from '../faults.ts'
import {
  faultInIdentity,
  faultOfIdentity,
  identityFieldsOf,
  identitySettingsOf,
  type IdentityFields,
} from '../identity-model.ts'
import { replaceIdentity } from '../requests.ts'
import { useSettingsForm } from '../use-settings-form.ts'
import { ChoiceField } from './choice-field.tsx'
import { FormActions } from './form-actions.tsx'
import { GuideLink } from './guide-link.tsx'

const RULES = ['open', 'required'] as const
const PROOFS = ['secret', 'key'] as const

/** Whether a page's word is taken for who a visitor is, and what a proof is signed with. */
export function IdentityForm({ identity }: { readonly identity: IdentityAnswer }) {
  const words = useWords()
  const { t } = words
  const form = useSettingsForm<IdentityFields>({
    stored: identityFieldsOf(identity),
    save: (fields) => replaceIdentity(identitySettingsOf(fields)),
    renews: [IDENTITY_PATH],
    faultIn: faultInIdentity,
    faultOf: faultOfIdentity,
  })
  const { rule, proof, publicKey } = form.fields.value
  const fault = form.fault.value

  return (
    <Section title={t('settings.identity.title')} text={t('settings.identity.text')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(fault, undefined, words)}
      >
        <ChoiceField
          legend={t('settings.identity.legend')}
          name="rule"
          value={rule}
          choices={RULES.map((value) => ({
            value,
            label: t(`settings.rule.${value}`),
            text: t(`settings.rule.${value}.text`),
          }))}
          onChange={(chosen) => form.write('rule', chosen)}
        />
        <ChoiceField
          legend={t('settings.proof.legend')}
          name="proof"
          value={proof}
          choices={PROOFS.map((value) => ({
            value,
            label: t(`settings.proof.${value}`),
            text: t(`settings.proof.${value}.text`),
          }))}
          onChange={(chosen) => form.write('proof', chosen)}
        />
        {proof === 'key' && (
          <TextField
            label={t('settings.public_key')}
            name="publicKey"
            isRequired
            isCode
            rows={4}
            maxLength={1_000}
            hint={t('settings.public_key.hint')}
            value={publicKey}
            fault={faultText(fault, 'publicKey', words)}
            onInput={(value) => form.write('publicKey', value)}
          />
        )}
        <GuideLink href={`${DOCS_PATH}identity`}>{t('settings.identity.guide')}</GuideLink>
        <FormActions form={form} />
      </Form>
    </Section>
  )
}
