import { useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import './password-field.css'

interface PasswordFieldProps {
  readonly kind: 'current' | 'new'
  readonly label: string
  readonly name: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  /** Takes the focus of the dialog that it is in. */
  readonly isFirst?: boolean
}

/** Can be looked at. */
export function PasswordField({ kind, ...field }: PasswordFieldProps) {
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      {...field}
      type={isShown ? 'text' : 'password'}
      autocomplete={`${kind}-password`}
      maxLength={200}
      isRequired
      isCode
    >
      <Button
        kind="quiet"
        name={t(isShown ? 'field.hide.label' : 'field.show.label')}
        onClick={() => setShown(!isShown)}
      >
        {t(isShown ? 'field.hide' : 'field.show')}
      </Button>
    </TextField>
  )
}
