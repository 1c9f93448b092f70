import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { piecesOf } from '../sentence.ts'
import { LEAF_TEXTS, slotsOf } from '../slots-of.ts'
import { leafWords, slotWords } from '../slot-words.ts'
import type { LeafView } from '../view.ts'
import { PartNotes } from './part-notes.tsx'
import { RowMenu } from './row-menu.tsx'
import { SlotControl } from './slot-control.tsx'

/** One leaf as a sentence, whose places are controls. */
export function LeafRow({ view }: { readonly view: LeafView }) {
  const words = useWords()
  const { model, names, isFixed } = useBuilder()
  const { id, leaf, isNot } = view
  const { t } = words
  const slots = slotsOf(leaf)
  const text = t(LEAF_TEXTS[leaf.kind])
  const clause = leafWords(text, slots, words, names)
  const line = useRef<HTMLDivElement>(null)
  const isWanted = model.wanted.value === id
  useEffect(() => {
    if (!isWanted) return
    line.current?.querySelector<HTMLElement>('select, input, button')?.focus()
    model.focused()
  }, [isWanted, model])
  const name = isNot ? t('target.except', { clause }) : clause
  return (
    <fieldset class="target-row" aria-label={name}>
      <div class="target-line" ref={line} data-row={id}>
        {isNot && <span class="target-not">{t('target.not')}</span>}
        {piecesOf(text).map((piece, at) => {
          if ('words' in piece) return <span key={at}>{piece.words}</span>
          const slot = slots[piece.place]
          if (slot === undefined) return null
          if (isFixed) {
            const filled = slotWords(slot, words, names)
            return filled === '' ? null : <strong key={at}>{filled}</strong>
          }
          return (
            <SlotControl
              key={`${leaf.kind} ${piece.place}`}
              slot={slot}
              leaf={leaf}
              onChange={(next) => model.setLeaf(id, next)}
            />
          )
        })}
      </div>
      {!isFixed && <RowMenu view={view} name={name} />}
      <PartNotes id={id} leaf={leaf} />
    </fieldset>
  )
}
