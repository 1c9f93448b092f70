import { useId } from 'preact/hooks'
import type { Suggestion } from '../suggestions.ts'

interface InlineTextProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly suggestions?: readonly Suggestion[]
  readonly maxLength: number
  readonly placeholder?: string
  readonly isCode?: boolean
  /** Enter, a comma, or going away from it: it is one of several, and whole. */
  readonly onEnd?: () => void
}

const LEAST_CHARS = 8
const MOST_CHARS = 40

/** A text within a sentence, as wide as it is long; what the shop has seen is offered. */
export function InlineText(props: InlineTextProps) {
  const {
    label,
    value,
    onInput,
    suggestions = [],
    maxLength,
    placeholder = '',
    isCode,
    onEnd,
  } = props
  const listId = useId()
  const chars = Math.max(value.length, placeholder.length, LEAST_CHARS)
  return (
    <>
      <input
        class={isCode === true ? 'token token-text token-code' : 'token token-text'}
        type="text"
        aria-label={label}
        value={value}
        size={Math.min(chars, MOST_CHARS)}
        maxLength={maxLength}
        placeholder={placeholder}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        {...(suggestions.length > 0 && { list: listId })}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        {...(onEnd !== undefined && {
          onBlur: onEnd,
          onKeyDown(event: KeyboardEvent) {
            if (event.key !== 'Enter' && event.key !== ',') return
            event.preventDefault()
            onEnd()
          },
        })}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((it) => (
            <option key={it.value} value={it.value}>
              {it.label === it.value ? undefined : it.label}
            </option>
          ))}
        </datalist>
      )}
    </>
  )
}
