import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { createPickFieldModel, type Choice, type PickFieldModel } from './pick-field-model.ts'
import './pick-field.css'

interface PickFieldProps {
  readonly label: string
  readonly name: string
  /** '' where nothing is picked. */
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onPick: (value: string) => void
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly isRequired?: boolean
}

const LISTBOX = { role: 'listbox' as const }
/** For lists too long to look through: what is typed narrows it. By keyboard and screen reader a combobox (ARIA 1.2). */
export function PickField(props: PickFieldProps) {
  const { label, name, value, choices, hint, fault, isRequired = false } = props
  const { t } = useWords()
  const id = useId()
  const propsRef = useRef(props)
  useLayoutEffect(() => {
    propsRef.current = props
  })
  const [model] = useState(() =>
    createPickFieldModel({
      choices: () => propsRef.current.choices,
      value: () => propsRef.current.value,
    }),
  )
  const isOpen = model.isOpen.value
  const picked = choices.find((choice) => choice.value === value)
  const told = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ')

  function pick(choice: Choice): void {
    model.close()
    props.onPick(choice.value)
  }

  return (
    <div class="control">
      <label class="control-label" for={id}>
        {label}
        {!isRequired && <span class="control-optional"> {t('ui.optional')}</span>}
      </label>
      <span class="control-line pick-line">
        <input
          {...comboboxOf(id, model)}
          id={id}
          name={name}
          type="text"
          class="control-input"
          autocomplete="off"
          spellcheck={false}
          aria-invalid={fault !== undefined}
          {...(told !== '' && { 'aria-describedby': told })}
          value={model.text.value ?? (picked === undefined ? value : shownOf(picked))}
          onClick={model.open}
          onInput={({ currentTarget }) => model.type(currentTarget.value)}
          onKeyDown={(event) => walk(event, model, pick)}
          onBlur={model.close}
        />
        {isOpen && <Choices id={id} label={label} model={model} value={value} onPick={pick} />}
      </span>
      <output class="visually-hidden">
        {model.text.value !== undefined && t('pick.found', { n: model.found.value.length })}
      </output>
      {fault !== undefined && (
        <p class="control-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p class="control-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

function shownOf({ label, note = '' }: Choice): string {
  return note === '' ? label : `${label} (${note})`
}

function comboboxOf(id: string, { isOpen, active }: PickFieldModel) {
  const isOn = isOpen.value && active.value !== -1
  return {
    role: 'combobox' as const,
    'aria-autocomplete': 'list' as const,
    'aria-expanded': isOpen.value,
    ...(isOpen.value && { 'aria-controls': `${id}-list` }),
    ...(isOn && { 'aria-activedescendant': `${id}-${active.value}` }),
  }
}

interface ChoicesProps {
  readonly id: string
  readonly label: string
  readonly model: PickFieldModel
  readonly value: string
  readonly onPick: (choice: Choice) => void
}

function Choices({ id, label, model, value, onPick }: ChoicesProps) {
  const { t } = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), [])
  const active = model.active.value
  const found = model.found.value
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active, found])
  return (
    <div class="pick-panel" ref={panel}>
      <div {...LISTBOX} class="pick-list" id={`${id}-list`} aria-label={label} ref={list}>
        {found.map((choice, at) => (
          <div
            {...optionOf(choice, onPick)}
            key={choice.value}
            id={`${id}-${at}`}
            class="pick-choice"
            aria-selected={at === active}
            data-picked={choice.value === value ? '' : undefined}
          >
            <span>{choice.label}</span>
            {choice.note !== undefined && <span class="pick-note">{choice.note}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p class="pick-none">{t('pick.none', { text: model.text.value ?? '' })}</p>
      )}
    </div>
  )
}

function optionOf(choice: Choice, onPick: ChoicesProps['onPick']) {
  return {
    role: 'option' as const,
    // The focus, and with it the keyboard, stays in the field.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: () => onPick(choice),
  }
}

function walk(event: KeyboardEvent, model: PickFieldModel, pick: (choice: Choice) => void): void {
  const choice = model.activeChoice()
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    model.move(event.key === 'ArrowDown' ? 1 : -1)
  } else if (event.key === 'Enter' && model.isOpen.value) {
    event.preventDefault()
    if (choice !== undefined) pick(choice)
  } else if (event.key === 'Escape' && model.isOpen.value) {
    // A dialog around it stays.
    event.stopPropagation()
    model.close()
  }
}
