import { useState } from 'preact/hooks'
import { useWords } from '../../words.ts'
import type { Fault } from '../faults.ts'
import { Field } from './field.tsx'

interface PasswordFieldProps {
  readonly kind: 'current' | 'new'
  readonly fault: Fault | undefined
}

/** A new password's rule is told beforehand; any can be looked at. */
export function PasswordField({ kind, fault }: PasswordFieldProps) {
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  const label = kind === 'new' ? 'field.new_password' : 'field.password'
  return (
    <Field
      name="password"
      label={t(label)}
      type={isShown ? 'text' : 'password'}
      autocomplete={`${kind}-password`}
      fault={fault}
      {...(kind === 'new' && { hint: t('field.new_password.rule') })}
    >
      <button
        type="button"
        class="button-quiet"
        aria-controls="password"
        aria-label={t(isShown ? 'field.hide.label' : 'field.show.label')}
        onClick={() => setShown(!isShown)}
      >
        {t(isShown ? 'field.hide' : 'field.show')}
      </button>
    </Field>
  )
}
