interface InlineSelectProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
  /** Nothing is chosen yet, and this says what to choose. */
  readonly prompt?: string
}

/** A choice within a sentence. */
export function InlineSelect({ label, value, options, onChange, prompt }: InlineSelectProps) {
  const isKnown = options.some((option) => option.value === value)
  return (
    <select
      class="token token-select"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {!isKnown && <option value={value}>{value === '' ? (prompt ?? '…') : value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
