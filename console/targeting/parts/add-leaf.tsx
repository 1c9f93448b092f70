import { useRef, useState } from 'preact/hooks'
import type { LeafKind } from '#protocol/leaf.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Layer } from '../../ui/layer.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { minorUnitsOf } from '../money.ts'
import { newLeaf } from '../new-leaf.ts'
import { KindPicker } from './kind-picker.tsx'

/** Asks of what, and adds a condition that can then be filled. */
export function AddLeaf({ groupId }: { readonly groupId: number }) {
  const { t } = useWords()
  const { shop } = useSession()
  const { model } = useBuilder()
  const [isOpen, setOpen] = useState(false)
  // Asked for when the layer is gone, whatever was drawn by then.
  const addedRef = useRef<number | undefined>(undefined)

  function add(kind: LeafKind): void {
    setOpen(false)
    const { currency } = shop
    const leaf = newLeaf(kind, { currency, minorUnits: minorUnitsOf(currency) })
    addedRef.current = model.add(groupId, leaf)
  }

  return (
    <>
      <Button
        kind="quiet"
        icon="plus"
        onClick={() => {
          addedRef.current = undefined
          setOpen(true)
        }}
      >
        {t('target.add')}
      </Button>
      <Layer
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        kind="palette"
        name={t('target.add')}
        goesOnAt={() => firstControlOf(addedRef.current)}
      >
        {() => <KindPicker onPick={add} />}
      </Layer>
    </>
  )
}

/** Where one goes on with what was added. */
function firstControlOf(id: number | undefined): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row='${id}'] :is(select, input, button)`)
}
