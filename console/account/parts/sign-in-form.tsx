import { useWords } from '../../words.ts'
import type { SignInModel } from '../sign-in-model.ts'
import { Field } from './field.tsx'
import { Form } from './form.tsx'
import { PasswordField } from './password-field.tsx'

/** E-mail and password; then, where the account has a second step, its code. */
export function SignInForm({ model }: { model: SignInModel }) {
  return model.step.value === 'code' ? <CodeForm model={model} /> : <PasswordForm model={model} />
}

function PasswordForm({ model }: { model: SignInModel }) {
  const { t } = useWords()
  const fault = model.fault.value
  return (
    <>
      <Form
        key="password"
        submit={t('sign_in.action')}
        fault={fault}
        isBusy={model.isBusy.value}
        onSubmit={(filled) => void model.signIn(filled('email'), filled('password'))}
      >
        <Field
          name="email"
          type="email"
          label={t('field.email')}
          autocomplete="username"
          value={model.email.value}
          isFixed={model.isEmailFixed}
          fault={fault}
        />
        <PasswordField kind="current" fault={fault} />
      </Form>
      <button type="button" class="button-quiet" onClick={model.forget}>
        {t('forgotten.action')}
      </button>
    </>
  )
}

function CodeForm({ model }: { model: SignInModel }) {
  const { t } = useWords()
  return (
    <>
      <Form
        key="code"
        submit={t('sign_in.action')}
        fault={model.fault.value}
        isBusy={model.isBusy.value}
        onSubmit={(filled) => void model.sendCode(filled('code'))}
      >
        <Field
          name="code"
          label={t('field.code')}
          hint={t('field.code.hint')}
          autocomplete="one-time-code"
          isFirst
          fault={model.fault.value}
        />
      </Form>
      <button type="button" class="button-quiet" onClick={model.startOver}>
        {t('sign_in.back')}
      </button>
    </>
  )
}
