import type { ComponentChildren } from 'preact'
import './open-button.css'

interface OpenButtonProps {
  readonly onOpen: () => void
  /** What names the row. */
  readonly children: ComponentChildren
}

/** In a row's first cell: opens what the row is about, over the list. */
export function OpenButton({ onOpen, children }: OpenButtonProps) {
  return (
    <button type="button" class="open-button" aria-haspopup="dialog" onClick={onOpen}>
      {children}
    </button>
  )
}
