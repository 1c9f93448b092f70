import { useWords } from '../../words.ts'
import type { SignInModel } from '../sign-in-model.ts'
import { Field } from './field.tsx'
import { Form } from './form.tsx'

/** Asks for a link to a new password. What follows is the same whether somebody has the address or not. */
export function Forgotten({ model }: { model: SignInModel }) {
  const { t } = useWords()
  return (
    <>
      {model.step.value === 'asked' ? <Asked email={model.email.value} /> : <Ask model={model} />}
      <button type="button" class="button-quiet" onClick={model.startOver}>
        {t('sign_in.back')}
      </button>
    </>
  )
}

function Ask({ model }: { model: SignInModel }) {
  const { t } = useWords()
  return (
    <Form
      submit={t('forgotten.send')}
      fault={model.fault.value}
      isBusy={model.isBusy.value}
      onSubmit={(filled) => void model.askForReset(filled('email'))}
    >
      <Field
        name="email"
        type="email"
        label={t('field.email')}
        autocomplete="username"
        value={model.email.value}
        isFixed={model.isEmailFixed}
        isFirst
        fault={model.fault.value}
      />
    </Form>
  )
}

function Asked({ email }: { readonly email: string }) {
  const { t } = useWords()
  return (
    <>
      <p role="alert">{t('forgotten.asked.text', { email })}</p>
      <p class="entry-foot">
        {t('forgotten.asked.nothing')}{' '}
        <code class="terminal">npm run owner -- --email {email}</code>
      </p>
    </>
  )
}
