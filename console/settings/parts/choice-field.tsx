import { useId } from 'preact/hooks'
import './choice-field.css'

interface ChoiceFieldProps<Value extends string> {
  readonly legend: string
  readonly name: string
  readonly value: Value
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly text: string
  }[]
  readonly onChange: (value: Value) => void
}

/** One of a few, each with what follows from it: too much to say in a list that drops down. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const id = useId()
  const { legend, name, value, choices, onChange } = props
  return (
    <fieldset class="choice-field">
      <legend class="control-label">{legend}</legend>
      {choices.map((choice) => (
        <div class="choice-option" key={choice.value}>
          <input
            type="radio"
            id={`${id}-${choice.value}`}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            aria-describedby={`${id}-${choice.value}-text`}
            onChange={() => onChange(choice.value)}
          />
          <label for={`${id}-${choice.value}`}>{choice.label}</label>
          <p class="control-hint" id={`${id}-${choice.value}-text`}>
            {choice.text}
          </p>
        </div>
      ))}
    </fieldset>
  )
}
