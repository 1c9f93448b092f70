import { useEffect, useId, useState } from 'preact/hooks'

interface FilterTextProps {
  readonly label: string
  readonly value: string
  /** Told once it is written: by Enter, or when the field is left. */
  readonly onChange: (value: string) => void
  readonly suggested?: readonly string[]
  /** Figures alone. */
  readonly isNumber?: boolean
}

/** Beside the other filters of a list: one that is written. */
export function FilterText(props: FilterTextProps) {
  const id = useId()
  const { label, value, onChange, suggested = [], isNumber = false } = props
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])

  function tell(text: string): void {
    if (text.trim() !== value) onChange(text.trim())
  }

  return (
    <span class="filter-field filter-text">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        class={isNumber ? 'control-input filter-number' : 'control-input'}
        value={typed}
        inputMode={isNumber ? 'decimal' : 'text'}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        {...(suggested.length > 0 && { list: `${id}-list` })}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        // Not by the event change, which Preact's compatible layer takes for every letter.
        onBlur={({ currentTarget }) => tell(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') tell(currentTarget.value)
        }}
      />
      {suggested.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggested.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
    </span>
  )
}
