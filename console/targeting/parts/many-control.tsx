import type { Leaf } from '#protocol/leaf.ts'
import { useWords } from '../../words.ts'
import type { ManySlot } from '../slots.ts'

interface ManyControlProps {
  readonly slot: ManySlot
  readonly onChange: (leaf: Leaf) => void
}

/** Some of a few: each is pressed or not. */
export function ManyControl({ slot, onChange }: ManyControlProps) {
  const { t } = useWords()
  return (
    <>
      {Object.entries(slot.options).map(([value, text]) => {
        const isChosen = slot.value.includes(value)
        return (
          <button
            key={value}
            type="button"
            class="token token-toggle"
            aria-pressed={isChosen}
            onClick={() =>
              onChange(
                slot.write(
                  Object.keys(slot.options).filter((it) =>
                    it === value ? !isChosen : slot.value.includes(it),
                  ),
                ),
              )
            }
          >
            {t(text)}
          </button>
        )
      })}
    </>
  )
}
