import type { LazyHost } from '../lazy.ts'
import type { Launcher } from './launcher.ts'

/** The window takes the focus, for who opens it; nobody has. What comes late, as its forms do, is no other. */
export function openQuietly(
  { window, listen }: LazyHost,
  { root }: Launcher,
  open: () => Promise<unknown>,
): void {
  let isTheirs = false
  root.addEventListener('focusin', (event) => {
    if (isTheirs) return
    const { target, relatedTarget } = event as FocusEvent
    const [taken, before] = [target as HTMLElement, relatedTarget as HTMLElement | null]
    if (before && !root.contains(before)) before.focus({ preventScroll: true })
    else taken.blur()
  })
  listen(window, 'pointerdown keydown', () => {
    isTheirs = true
  })
  void open()
}
