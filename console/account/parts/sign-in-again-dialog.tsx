import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { useWords } from '../../words.ts'
import { signInAgain } from '../requests.ts'
import { createSignInAgainModel } from '../sign-in-again-model.ts'
import { faultText } from './form.tsx'

interface SignInAgainDialogProps {
  readonly isAsked: boolean
  /** With whether they said who they are. */
  readonly onEnd: (isProven: boolean) => void
}

/** In front of whatever asked for it, which goes on afterwards. */
export function SignInAgainDialog({ isAsked, onEnd }: SignInAgainDialogProps) {
  const { t } = useWords()
  return (
    <Dialog title={t('sign_in_again.title')} isOpen={isAsked} onClose={() => onEnd(false)}>
      {isAsked && <Proof onEnd={onEnd} />}
    </Dialog>
  )
}

function Proof({ onEnd }: Pick<SignInAgainDialogProps, 'onEnd'>) {
  const { t } = useWords()
  const [model] = useState(() =>
    createSignInAgainModel({ signInAgain, onProven: () => onEnd(true) }),
  )
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const fault = model.fault.value
  const text = fault && faultText(fault, t)
  return (
    <Form
      fault={fault?.field === undefined ? text : undefined}
      isBusy={model.isBusy.value}
      onSubmit={() => void model.signIn(password, code)}
    >
      <p>{t('sign_in_again.text')}</p>
      <PasswordField
        kind="current"
        name="password"
        label={t('field.password')}
        value={password}
        onInput={setPassword}
        fault={fault?.field === 'password' ? text : undefined}
        isFirst
      />
      {model.isCodeAsked.value && (
        <TextField
          name="code"
          label={t('field.code')}
          hint={t('field.code.hint')}
          value={code}
          onInput={setCode}
          autocomplete="one-time-code"
          maxLength={40}
          fault={fault?.field === 'code' ? text : undefined}
          isRequired
          isCode
        />
      )}
      <FormEnd>
        <Button onClick={() => onEnd(false)}>{t('ui.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={model.isBusy.value}>
          {t('sign_in_again.action')}
        </Button>
      </FormEnd>
    </Form>
  )
}
