import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { stepOf, useSortable } from '../../ui/sortable.ts'
import { useRuleWords } from '../rule-words.ts'

interface RuleRowProps {
  readonly at: number
  readonly sentence: string
  readonly warning: string | undefined
  /** To be read alone. */
  readonly isFixed: boolean
  readonly onOpen: () => void
  readonly onMove: (from: number, to: number) => void
  readonly onDuplicate: () => void
  readonly onRemove: () => void
}

/** One rule: moved by its handle or by keys, opened by a press. */
export function RuleRow(props: RuleRowProps) {
  const { at, sentence, warning, isFixed, onOpen, onMove, onDuplicate, onRemove } = props
  const { r } = useRuleWords()
  const n = at + 1
  const { rowRef, handleRef, edge, isHeld } = useSortable<HTMLLIElement, HTMLButtonElement>({
    list: 'chat-rules',
    id: String(at),
    at,
    isFixed,
    onDrop: (id, to) => onMove(Number(id), to),
  })
  const words = (
    <span class="rule-words">
      <span class="rule-says">{sentence}</span>
      {warning !== undefined && (
        <span class="rule-warning">
          <Icon name="warn" />
          {warning}
        </span>
      )}
    </span>
  )
  return (
    <li class="rule-row" ref={rowRef} data-edge={edge} data-held={isHeld ? '' : undefined}>
      {!isFixed && (
        <button
          type="button"
          class="grip"
          ref={handleRef}
          aria-label={r('move', { n })}
          title={r('move.hint')}
          onKeyDown={(event) => {
            const step = stepOf(event.key)
            if (step !== undefined) onMove(at, at + step)
            else if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
            else return
            event.preventDefault()
          }}
        >
          <Icon name="grip" />
        </button>
      )}
      {isFixed ? (
        <span class="rule-open">{words}</span>
      ) : (
        <button type="button" class="rule-open" onClick={onOpen}>
          {words}
        </button>
      )}
      {!isFixed && (
        <Menu
          class="button button-quiet"
          label={<Icon name="more" />}
          name={r('actions', { n })}
          items={[
            { key: 'edit', label: r('edit'), onSelect: onOpen },
            { key: 'up', label: r('up'), onSelect: () => onMove(at, at - 1) },
            { key: 'down', label: r('down'), onSelect: () => onMove(at, at + 1) },
            { key: 'duplicate', label: r('duplicate'), onSelect: onDuplicate },
            {
              key: 'remove',
              label: r('remove'),
              isDangerous: true,
              isApart: true,
              onSelect: onRemove,
            },
          ]}
        />
      )}
    </li>
  )
}
