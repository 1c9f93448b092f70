import type { LocalText } from '#protocol/popup.ts'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { FaultKind } from '../faults.ts'
import { textIn, withText } from '../local-texts.ts'

interface LocalFieldProps {
  readonly name: string
  readonly label: string
  readonly value: LocalText | undefined
  /** The language that is being written; undefined: one text for all. */
  readonly language: string | undefined
  readonly onChange: (value: LocalText) => void
  readonly hint?: string
  readonly fault?: FaultKind | undefined
  readonly rows?: number
  readonly isRequired?: boolean
  readonly isFirst?: boolean
}

/** A text in the language that is being written. */
export function LocalField(props: LocalFieldProps) {
  const { t } = useWords()
  const { name, label, value, language, onChange, hint, fault, rows, isFirst } = props
  const isLocal = value !== undefined && typeof value !== 'string' && language !== undefined
  return (
    <TextField
      name={name}
      label={isLocal ? `${label} (${language})` : label}
      value={textIn(value, language)}
      maxLength={2_000}
      isRequired={props.isRequired ?? true}
      onInput={(words) => onChange(withText(value, language, words))}
      {...(rows !== undefined && { rows })}
      {...(hint !== undefined && { hint })}
      {...(isFirst !== undefined && { isFirst })}
      fault={fault && t(`fault.experience.${fault}`)}
    />
  )
}
