import { useState } from 'preact/hooks'
import { ACCOUNT_SESSIONS_PATH } from '#protocol/names.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useChanging } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { createPasswordModel } from '../password-model.ts'
import { changePassword } from '../requests.ts'

export function PasswordChange() {
  const { t } = useWords()
  const { account } = useSession()
  const changing = useChanging(changePassword, { renews: [ACCOUNT_SESSIONS_PATH] })
  const [model] = useState(() => createPasswordModel({ changePassword: changing.run }))
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const fault = model.fault.value
  const text = fault && faultText(fault, t)

  async function change(): Promise<void> {
    const isChanged = await model.change(password, newPassword)
    if (!isChanged) return
    setPassword('')
    setNewPassword('')
    say(t('password.changed'))
  }

  return (
    <Section title={t('password.title')} text={t('password.text')}>
      <Form
        fault={fault?.field === undefined ? text : undefined}
        isBusy={model.isBusy.value}
        onSubmit={() => void change()}
      >
        {/* Password managers keep the new one under it. */}
        <input type="email" autocomplete="username" value={account.email} readOnly hidden />
        <PasswordField
          kind="current"
          name="password"
          label={t('password.present')}
          value={password}
          onInput={setPassword}
          fault={fault?.field === 'password' ? text : undefined}
        />
        <PasswordField
          kind="new"
          name="newPassword"
          label={t('field.new_password')}
          hint={t('field.new_password.rule')}
          value={newPassword}
          onInput={setNewPassword}
          fault={fault?.field === 'newPassword' ? text : undefined}
        />
        <FormEnd>
          <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
            {t('password.action')}
          </Button>
        </FormEnd>
      </Form>
    </Section>
  )
}
