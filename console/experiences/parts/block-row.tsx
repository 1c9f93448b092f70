import type { Block } from '#protocol/popup.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { stepOf, useSortable } from '../../ui/sortable.ts'
import { useWords } from '../../words.ts'
import type { BlockList } from '../blocks.ts'
import { readIn } from '../local-texts.ts'
import { BLOCK_ICONS } from './block-icons.ts'

interface BlockRowProps {
  readonly list: BlockList
  readonly block: Block
  readonly at: number
  readonly language: string | undefined
  readonly isFaulty: boolean
  readonly onOpen: () => void
  readonly onMove: (from: number, to: number) => void
  readonly onDuplicate: () => void
  readonly onRemove: () => void
}

export function BlockRow(props: BlockRowProps) {
  const { list, block, at, language, isFaulty, onOpen, onMove, onDuplicate, onRemove } = props
  const { t } = useWords()
  const kind = t(`block.${block.kind}`)
  const { rowRef, handleRef, edge, isHeld } = useSortable<HTMLLIElement, HTMLButtonElement>({
    list,
    id: String(at),
    at,
    onDrop: (id, to) => onMove(Number(id), to),
  })
  const says = saysOf(block, language)
  return (
    <li
      class="block-row"
      ref={rowRef}
      data-edge={edge}
      data-held={isHeld ? '' : undefined}
      data-faulty={isFaulty ? '' : undefined}
    >
      <button
        type="button"
        class="grip"
        ref={handleRef}
        aria-label={t('block.move', { kind, n: at + 1 })}
        title={t('block.move.hint')}
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
      <button type="button" class="block-open" onClick={onOpen}>
        <Icon name={BLOCK_ICONS[block.kind]} />
        <span class="block-words">
          <span class="block-kind">{kind}</span>
          {says !== '' && <span class="block-says">{says}</span>}
        </span>
      </button>
      <Menu
        class="button button-quiet"
        label={<Icon name="more" />}
        name={t('block.actions', { kind, n: at + 1 })}
        items={[
          { key: 'up', label: t('block.up'), onSelect: () => onMove(at, at - 1) },
          { key: 'down', label: t('block.down'), onSelect: () => onMove(at, at + 1) },
          { key: 'duplicate', label: t('block.duplicate'), onSelect: onDuplicate },
          {
            key: 'remove',
            label: t('block.remove'),
            isDangerous: true,
            isApart: true,
            onSelect: onRemove,
          },
        ]}
      />
    </li>
  )
}

/** What it says to visitors, or what it shows. */
function saysOf(block: Block, language: string | undefined): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'button':
      return readIn(block.text, language)
    case 'image':
      return readIn(block.alt, language) || block.url
    case 'field':
    case 'countdown':
      return readIn(block.label, language)
    case 'coupon':
      return block.code
    case 'product':
      return block.of === 'cart' ? '' : readIn(block.of.name, language)
    case 'goal':
      return readIn(block.left, language)
  }
}
