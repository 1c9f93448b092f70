import { h, type ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useWords } from '../words.ts'
import './field.css'

interface ControlProps {
  readonly label: string
  readonly name: string
  /** Told before anything is typed. */
  readonly hint?: string | undefined
  readonly fault?: string | undefined
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
}

interface TextFieldProps extends ControlProps {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?:
    | 'text'
    | 'email'
    | 'password'
    | 'url'
    | 'number'
    | 'search'
    | 'date'
    | 'time'
    | 'datetime-local'
  readonly autocomplete?: string
  readonly placeholder?: string
  readonly maxLength?: number
  /** More than one line. */
  readonly rows?: number
  /** Read and copied, not written. */
  readonly isFixed?: boolean
  /** Takes the focus of the dialog that it is in. */
  readonly isFirst?: boolean
  /** Names, keys, addresses: nothing for a spelling checker. */
  readonly isCode?: boolean
  /** Beside the input. */
  readonly children?: ComponentChildren
}

export function TextField(props: TextFieldProps) {
  const id = useId()
  const { value, type = 'text', rows, isCode = false } = props
  const attributes = {
    ...attributesOf(id, props),
    value,
    class: isCode ? 'control-input control-code' : 'control-input',
    readOnly: props.isFixed === true,
    onInput: (event: { currentTarget: { value: string } }) =>
      props.onInput(event.currentTarget.value),
    ...(props.autocomplete !== undefined && { autocomplete: props.autocomplete }),
    ...(props.placeholder !== undefined && { placeholder: props.placeholder }),
    ...(props.maxLength !== undefined && { maxLength: props.maxLength }),
    ...(props.isFirst === true && { 'data-first': '' }),
    ...((isCode || type !== 'text') && { autocapitalize: 'none' as const, spellcheck: false }),
  }
  return (
    <Control id={id} control={props}>
      <span class="control-line">
        {rows === undefined ? (
          h('input', { ...attributes, type })
        ) : (
          <textarea {...attributes} rows={rows} />
        )}
        {props.children}
      </span>
    </Control>
  )
}

interface SelectFieldProps extends ControlProps {
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

export function SelectField(props: SelectFieldProps) {
  const id = useId()
  return (
    <Control id={id} control={props}>
      <span class="control-line control-select">
        <select
          {...attributesOf(id, props)}
          class="control-input"
          value={props.value}
          onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
        >
          {props.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </span>
    </Control>
  )
}

interface CheckFieldProps extends ControlProps {
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}

export function CheckField(props: CheckFieldProps) {
  const id = useId()
  const { label, hint, fault } = props
  return (
    <div class="control control-check">
      <input
        {...attributesOf(id, props)}
        type="checkbox"
        checked={props.isChecked}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Told id={id} hint={hint} fault={fault} />
    </div>
  )
}

function Control(props: { id: string; control: ControlProps; children: ComponentChildren }) {
  const { t } = useWords()
  const { label, hint, fault, isRequired = false } = props.control
  return (
    <div class="control">
      <label class="control-label" for={props.id}>
        {label}
        {!isRequired && <span class="control-optional"> {t('ui.optional')}</span>}
      </label>
      {props.children}
      <Told id={props.id} hint={hint} fault={fault} />
    </div>
  )
}

function Told({ id, hint, fault }: { id: string } & Pick<ControlProps, 'hint' | 'fault'>) {
  return (
    <>
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
    </>
  )
}

function attributesOf(id: string, { name, hint, fault, ...control }: ControlProps) {
  const told = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    id,
    name,
    required: control.isRequired === true,
    disabled: control.isDisabled === true,
    'aria-invalid': fault !== undefined,
    ...(told !== '' && { 'aria-describedby': told }),
  }
}
