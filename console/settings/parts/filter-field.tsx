import { useId } from 'preact/hooks'
import './filter-field.css'

interface FilterFieldProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** Beside a list's title: which part of it is shown. */
export function FilterField<Value extends string>(props: FilterFieldProps<Value>) {
  const id = useId()
  const { label, value, options, onChange } = props
  return (
    <span class="filter-field">
      <label for={id}>{label}</label>
      <span class="control-line control-select">
        <select
          id={id}
          class="control-input"
          value={value}
          onChange={({ currentTarget }) =>
            onChange(options.find((option) => option.value === currentTarget.value)?.value ?? value)
          }
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </span>
  )
}
