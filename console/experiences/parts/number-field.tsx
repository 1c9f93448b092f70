import { useState } from 'preact/hooks'
import { TextField } from '../../ui/field.tsx'

interface NumberFieldProps {
  readonly name: string
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly hint?: string
  readonly fault?: string | undefined
  readonly onChange: (value: number) => void
}

/** What is typed stays as it is typed; only what is a number within bounds is taken. */
export function NumberField({ value, min, max, onChange, ...field }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const shown = typed !== undefined && Number(typed) === value ? typed : undefined
  const isOut = typed !== undefined && shown === undefined
  return (
    <TextField
      {...field}
      type="number"
      isRequired
      value={isOut ? typed : (shown ?? String(value))}
      onInput={(text) => {
        setTyped(text)
        const number = Number(text)
        if (text.trim() !== '' && number >= min && number <= max) {
          setTyped(undefined)
          onChange(number)
        }
      }}
    />
  )
}
