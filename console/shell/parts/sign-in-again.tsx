import { useState } from 'preact/hooks'
import { SIGN_IN_AGAIN_PATH } from '#protocol/names.ts'
import { send } from '../../api.ts'
import { faultText } from '../../account/parts/form.tsx'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { createAgainModel } from '../again-model.ts'
import type { AppModel } from '../app-model.ts'

/** Comes up when the server wants to know once more who it is; what was wanted goes on afterwards. */
export function SignInAgain({ model }: { readonly model: AppModel }) {
  const { t } = useWords()
  return (
    <Dialog
      title={t('again.title')}
      isOpen={model.isAskingAgain.value}
      onClose={() => model.answerAgain(false)}
    >
      <Questions onProven={() => model.answerAgain(true)} />
    </Dialog>
  )
}

function Questions({ onProven }: { readonly onProven: () => void }) {
  const { t } = useWords()
  const { account } = useSession()
  const asksCode = account.hasSecondFactor
  const [model] = useState(() =>
    createAgainModel({
      asksCode,
      signInAgain: (input) => send(SIGN_IN_AGAIN_PATH, input),
      onProven,
    }),
  )
  const fault = model.fault.value
  const faultOf = (field: 'password' | 'code') =>
    fault?.field === field ? faultText(fault, t) : undefined
  return (
    <>
      <p>{t('again.text')}</p>
      <Form
        onSubmit={() => void model.submit()}
        isBusy={model.isBusy.value}
        fault={fault !== undefined && fault.field === undefined ? faultText(fault, t) : undefined}
      >
        {/* Password managers look for the name that the password is kept under. */}
        <input type="text" autocomplete="username" value={account.email} hidden readOnly />
        <TextField
          label={t('field.password')}
          name="password"
          type="password"
          autocomplete="current-password"
          value={model.password.value}
          onInput={model.typePassword}
          fault={faultOf('password')}
          isRequired
          isFirst
        />
        {asksCode && (
          <TextField
            label={t('field.code')}
            name="code"
            autocomplete="one-time-code"
            hint={t('field.code.hint')}
            value={model.code.value}
            onInput={model.typeCode}
            fault={faultOf('code')}
            isRequired
          />
        )}
        <FormEnd>
          <Button type="submit" kind="primary" isBusy={model.isBusy.value}>
            {t('again.action')}
          </Button>
        </FormEnd>
      </Form>
    </>
  )
}
