import { useEffect } from 'preact/hooks'
import { focusRow } from './parts/inbox-list.tsx'

/** j and k go through the list, r to what is being answered. Never while something is written, or a dialog is open. */
export function useInboxKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event
      if (ctrlKey || metaKey || altKey || event.defaultPrevented) return
      if (!(target instanceof HTMLElement) || target.closest(WRITING) !== null) return
      if (document.querySelector('[role="dialog"]') !== null) return
      const isInList = target.closest('.inbox-rows') !== null
      const isDown = key === 'j' || (isInList && key === 'ArrowDown')
      if (isDown || key === 'k' || (isInList && key === 'ArrowUp')) {
        event.preventDefault()
        focusRow(isDown ? 1 : -1)
      }
      if (key === 'r') {
        document.querySelector<HTMLElement>('.inbox [data-composer]')?.focus()
        event.preventDefault()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

const WRITING = 'input, textarea, select, [contenteditable], [role="menu"]'
