import { useWords } from '../../words.ts'
import type { Suggestion } from '../slash-commands.ts'
import './suggestions.css'

interface SuggestionsProps {
  readonly id: string
  readonly suggestions: readonly Suggestion[]
  readonly marked: Suggestion | undefined
  readonly onTake: (suggestion: Suggestion) => void
}

/** The field beside it keeps the focus, and its keys. */
const LISTBOX = { role: 'listbox' as const }

/** What `/` may mean: arrows go through it, Enter takes it. */
export function Suggestions({ id, suggestions, marked, onTake }: SuggestionsProps) {
  const { t } = useWords()
  return (
    <div class="suggestions" id={`${id}-list`} {...LISTBOX} aria-label={t('inbox.suggestions')}>
      {suggestions.map((one) => (
        <div
          key={one.key}
          id={`${id}-${one.key}`}
          class="suggestion"
          {...optionOf(() => onTake(one))}
          aria-selected={one.key === marked?.key}
        >
          <code>/{one.kind === 'reply' ? one.reply.shortcut : one.command}</code>
          <span>{one.kind === 'reply' ? one.reply.text : t(`inbox.command.${one.command}`)}</span>
        </div>
      ))}
    </div>
  )
}

function optionOf(onClick: () => void) {
  return {
    role: 'option' as const,
    onClick,
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
  }
}
