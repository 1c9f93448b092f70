import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../../words.ts'
import type { Fault, FieldName } from '../faults.ts'
import { faultText } from './form.tsx'

interface FieldProps {
  readonly name: FieldName
  readonly label: string
  /** Of the form: shown here if it is this field's. */
  readonly fault: Fault | undefined
  readonly autocomplete: 'username' | 'name' | 'current-password' | 'new-password' | 'one-time-code'
  readonly type?: 'text' | 'email' | 'password'
  /** Told before anything is typed. */
  readonly hint?: string
  readonly value?: string
  readonly isFixed?: boolean
  readonly isFirst?: boolean
  /** Beside the input. */
  readonly children?: ComponentChildren
}

const MAX_CHARS: Readonly<Record<FieldName, number>> = {
  email: 254,
  name: 100,
  password: 200,
  code: 40,
}

/** A label, its input, and under it what is asked for and what is wrong. */
export function Field(props: FieldProps) {
  const { name, label, hint, fault, type = 'text', isFixed = false, isFirst = false } = props
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const own = fault?.field === name ? fault : undefined
  const described = [own && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ')
  useEffect(() => {
    if (isFirst) input.current?.focus()
  }, [isFirst])
  const attributes = {
    ref: input,
    id: name,
    name,
    autocomplete: props.autocomplete,
    maxLength: MAX_CHARS[name],
    readOnly: isFixed,
    required: true,
    'aria-invalid': own !== undefined,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(props.value !== undefined && { defaultValue: props.value }),
    ...(name !== 'name' && { autocapitalize: 'none' as const, spellcheck: false }),
  }
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <span class="field-input">
        {/* Preact's types ask for each kind by itself; to the page it stays one input, with what was typed into it. */}
        {type === 'password' ? (
          <input {...attributes} type="password" />
        ) : type === 'email' ? (
          <input {...attributes} type="email" />
        ) : (
          <input {...attributes} type="text" />
        )}
        {props.children}
      </span>
      {own !== undefined && (
        <p class="fault" id={`${name}-fault`}>
          {faultText(own, t)}
        </p>
      )}
      {hint !== undefined && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
