/** @jsxRuntime classic */
/** @jsx h */
import type { Field } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { Scene } from '../scene.ts'

const KINDS = {
  email: { type: 'email' },
  phone: { type: 'tel' },
  text: { type: 'text' },
  date: { type: 'date' },
} as const
const FILLED_WITH: Readonly<Record<string, string>> = {
  email: 'email',
  phone: 'tel',
  firstName: 'given-name',
  lastName: 'family-name',
  birthOn: 'bday',
}

/** A field with its label, hint and mistake. What is typed stays in the element: drawing again leaves it alone. */
export function formField(block: Field, { model, state, words }: Scene): VNode {
  const { name, type, isRequired, trait, options = [], look = 'select' } = block
  const mistake = state.mistakes[name]
  const id = `f-${name}`
  const told = [block.hint && `${id}-hint`, mistake && `${id}-bad`].filter(Boolean).join(' ')
  const standing = {
    // never left out: browsers take a box that is still to be ticked for a mistake
    'aria-invalid': mistake ? ('true' as const) : ('false' as const),
    'aria-describedby': told || undefined,
    onInput: () => model.correct(block),
  }
  const attributes = {
    ...standing,
    id,
    name,
    required: isRequired,
    autocomplete: FILLED_WITH[trait ?? type],
  }
  const named = [
    words.text(block.label),
    !isRequired && type !== 'checkbox' && <small> ({words.t('optional')})</small>,
  ]
  const label = <label for={id}>{named}</label>
  const notes = [
    block.hint && (
      <p class="hint" id={`${id}-hint`}>
        {words.text(block.hint)}
      </p>
    ),
    mistake && (
      <p class="bad" id={`${id}-bad`}>
        {words.t(mistake)}
      </p>
    ),
  ]
  if (type === 'checkbox') {
    return (
      <div class="field check">
        <input {...attributes} type="checkbox" />
        {label}
        {notes}
      </div>
    )
  }
  if (look !== 'select') {
    return (
      <fieldset
        class={`field ${look}`}
        role="radiogroup"
        // of the buttons themselves browsers would take it for a mistake
        aria-required={isRequired ? 'true' : undefined}
        {...standing}
      >
        <legend>{named}</legend>
        <div class="options">
          {options.map((option) => (
            <label key={option.value}>
              <input type="radio" name={name} value={option.value} />
              <span>{words.text(option.label)}</span>
            </label>
          ))}
        </div>
        {notes}
      </fieldset>
    )
  }
  return (
    <div class="field">
      {label}
      {type === 'choice' ? (
        <select {...attributes}>
          <option value="">–</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {words.text(option.label)}
            </option>
          ))}
        </select>
      ) : (
        <input {...KINDS[type]} {...attributes} maxlength={1000} />
      )}
      {notes}
    </div>
  )
}
