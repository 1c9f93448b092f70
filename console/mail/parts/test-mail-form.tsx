import { MAIL_STATUS_PATH, MAILS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { faultText } from '../../settings/faults.ts'
import { useForm } from '../../settings/use-form.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { faultInTest, faultOfTest } from '../outbox.ts'
import { sendTestMail, type TestMail } from '../requests.ts'

const LANGUAGES = ['en', 'es'] as const satisfies readonly TestMail['language'][]

/** To oneself, unless said otherwise. */
export function TestMailForm() {
  const words = useWords()
  const { t, language } = words
  const { account } = useSession()
  const sending = useChanging(
    ({ to, ...rest }: TestMail) => sendTestMail({ to: to.trim(), ...rest }),
    { renews: [MAILS_PATH, MAIL_STATUS_PATH] },
  )
  const form = useForm<TestMail>({
    stored: { to: account.email, language: language === 'es' ? 'es' : 'en' },
    save: sending.run,
    faultIn: faultInTest,
    faultOf: faultOfTest,
    onSaved: () => say(t('mail.test.sent')),
  })
  const fault = form.fault.value
  return (
    <Section title={t('mail.test.title')}>
      <Form
        onSubmit={() => void form.save()}
        isBusy={form.isBusy.value}
        fault={faultText(fault, undefined, words)}
      >
        <TextField
          label={t('mail.test.to')}
          name="to"
          type="email"
          isRequired
          autocomplete="email"
          maxLength={254}
          value={form.fields.value.to}
          fault={faultText(fault, 'to', words)}
          onInput={(to) => form.write('to', to)}
        />
        <SelectField
          label={t('mail.test.language')}
          name="language"
          isRequired
          value={form.fields.value.language}
          options={LANGUAGES.map((value) => ({ value, label: t(`mail.language.${value}`) }))}
          onChange={(value) => form.write('language', value === 'es' ? 'es' : 'en')}
        />
        <FormEnd>
          <Button type="submit" isBusy={form.isBusy.value}>
            {t('mail.test.send')}
          </Button>
        </FormEnd>
      </Form>
    </Section>
  )
}
