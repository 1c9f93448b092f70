import { useId } from 'preact/hooks'
import { useWords } from '../../words.ts'
import { instantOf, wallTimeOf } from '../shop-days.ts'

interface MomentFieldProps {
  readonly name: string
  readonly label: string
  /** Epoch ms; null: none. */
  readonly value: number | null
  /** Whose clock it is on. */
  readonly timeZone: string
  readonly hint?: string
  readonly fault?: string | undefined
  readonly isRequired?: boolean
  readonly onChange: (value: number | null) => void
}

/** A date and time on the shop's clock, wherever its reader is. */
export function MomentField(props: MomentFieldProps) {
  const { name, label, value, timeZone, hint, fault, isRequired = false, onChange } = props
  const { t } = useWords()
  const id = useId()
  const told = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div class="control">
      <label class="control-label" for={id}>
        {label}
        {!isRequired && <span class="control-optional"> {t('ui.optional')}</span>}
      </label>
      <input
        id={id}
        name={name}
        type="datetime-local"
        class="control-input"
        required={isRequired}
        aria-invalid={fault !== undefined}
        {...(told !== '' && { 'aria-describedby': told })}
        value={value === null ? '' : wallTimeOf(value, timeZone)}
        onChange={({ currentTarget }) => {
          if (currentTarget.value === '') return onChange(null)
          const at = instantOf(currentTarget.value, timeZone)
          if (at !== undefined) onChange(at)
        }}
      />
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
