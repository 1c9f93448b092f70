import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { POPUP_BLOCKS } from '../bounds.ts'
import type { Block, Popup } from '#protocol/popup.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useWords } from '../../words.ts'
import {
  blocksIn,
  duplicateOf,
  inserted,
  kindsOf,
  moved,
  newBlock,
  without,
  withBlocks,
  type BlockKind,
  type BlockList,
} from '../blocks.ts'
import type { Fault } from '../faults.ts'
import { BLOCK_ICONS } from './block-icons.ts'
import { BlockRow } from './block-row.tsx'

interface BlockListEditorProps {
  readonly list: BlockList
  readonly content: Popup
  readonly language: string | undefined
  readonly currency: string
  readonly faults: readonly Fault[]
  readonly onChange: (content: Popup) => void
  readonly onChoose: (at: number) => void
}

/** Blocks from top to bottom: moved by their handles or by keys, opened by a press. */
export function BlockListEditor(props: BlockListEditorProps) {
  const { list, content, language, currency, faults, onChange, onChoose } = props
  const { t } = useWords()
  const blocks = blocksIn(content, list)
  const [told, setTold] = useState('')
  const root = useRef<HTMLElement>(null)
  const focusAtRef = useRef<number | undefined>(undefined)
  const change = (next: readonly Block[]) => onChange(withBlocks(content, list, next))
  const nameOf = (at: number) => {
    const block = blocks[at]
    return block === undefined ? '' : t(`block.${block.kind}`)
  }

  // The handle goes with its block, and the focus with the handle.
  useLayoutEffect(() => {
    if (focusAtRef.current === undefined) return
    root.current?.querySelectorAll<HTMLElement>('.grip')[focusAtRef.current]?.focus()
    focusAtRef.current = undefined
  })

  function move(from: number, to: number): void {
    if (to < 0 || to >= blocks.length) return
    focusAtRef.current = to
    change(moved(blocks, from, to))
    setTold(t('block.moved', { kind: nameOf(from), place: to + 1, of: blocks.length }))
  }

  function remove(at: number): void {
    focusAtRef.current = Math.min(at, blocks.length - 2)
    change(without(blocks, at))
    setTold(t('block.removed', { kind: nameOf(at) }))
  }

  function duplicate(at: number): void {
    const block = blocks[at]
    if (block === undefined) return
    focusAtRef.current = at + 1
    change(inserted(blocks, at + 1, duplicateOf(block, blocks)))
    setTold(t('block.duplicated', { kind: nameOf(at) }))
  }

  function add(kind: BlockKind): void {
    const text = (what: Parameters<Parameters<typeof newBlock>[1]['text']>[0]) =>
      t(`block.new.${what}`)
    change([...blocks, newBlock(kind, { blocks, currency, now: Date.now, text })])
    setTold(t('block.added', { kind: t(`block.${kind}`) }))
    onChoose(blocks.length)
  }

  const title = t(list === 'blocks' ? 'editor.blocks' : 'editor.thanks')
  return (
    <section class="block-list" ref={root} aria-label={title}>
      <h2>{title}</h2>
      {list === 'thanks' && <p class="editor-hint">{t('editor.thanks.hint')}</p>}
      <ol>
        {blocks.map((block, at) => (
          <BlockRow
            // What is in a place changes, the place stays: the focus is put where it belongs above.
            key={at}
            list={list}
            block={block}
            at={at}
            language={language}
            isFaulty={faults.some((fault) => fault.at.startsWith(`${list}.${at}.`))}
            onOpen={() => onChoose(at)}
            onMove={move}
            onDuplicate={() => duplicate(at)}
            onRemove={() => remove(at)}
          />
        ))}
      </ol>
      {blocks.length < POPUP_BLOCKS && (
        <Menu
          class="button"
          placement="bottom-start"
          label={
            <>
              <Icon name="plus" />
              {t('block.add')}
            </>
          }
          items={kindsOf(list).map((kind) => ({
            key: kind,
            label: t(`block.${kind}`),
            hint: t(`block.${kind}.hint`),
            icon: BLOCK_ICONS[kind],
            onSelect: () => add(kind),
          }))}
        />
      )}
      <output class="visually-hidden">{told}</output>
    </section>
  )
}
