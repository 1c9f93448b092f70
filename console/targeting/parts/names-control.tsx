import { useState } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { Suggested } from '../slots.ts'
import { isClosed } from '../suggestions.ts'
import { nameOf } from '../value-words.ts'
import { InlineSelect } from './inline-select.tsx'
import { InlineText } from './inline-text.tsx'

interface NamesControlProps {
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
  readonly suggested?: Suggested | undefined
}

const MAX_CHARS = 500
const MAX_VALUES = 200

/** Several texts: each can be taken out, and one more written or chosen at the end. */
export function NamesControl({ values, onChange, suggested }: NamesControlProps) {
  const words = useWords()
  const { t } = words
  const { suggestions } = useBuilder()
  const [typed, setTyped] = useState('')
  const left = suggestions.of(suggested).filter(({ value }) => !values.includes(value))

  function add(value: string): void {
    const text = value.trim()
    setTyped('')
    if (text === '' || values.includes(text) || values.length >= MAX_VALUES) return
    onChange([...values, text])
  }

  return (
    <>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          class="token token-chosen"
          aria-label={t('slot.remove', { what: nameOf(value, words, suggested) ?? value })}
          onClick={() => onChange(values.filter((it) => it !== value))}
        >
          <span>{nameOf(value, words, suggested) ?? value}</span>
          <Icon name="close" />
        </button>
      ))}
      {isClosed(suggested) ? (
        <InlineSelect
          label={t('slot.another')}
          value=""
          options={left}
          prompt={t('slot.another')}
          onChange={add}
        />
      ) : (
        <InlineText
          label={t('slot.another')}
          value={typed}
          suggestions={left}
          maxLength={MAX_CHARS}
          placeholder={t('slot.another')}
          onInput={setTyped}
          onEnd={() => add(typed)}
        />
      )}
    </>
  )
}
