import type { LazyHost } from '../lazy.ts'
import type { Launcher } from './launcher.ts'

const GAP = 8

/** WCAG 2.2, 2.4.11: what the page has focused is not left under the button. */
export function makeWay({ window, after, guarded, listen }: LazyHost, launcher: Launcher): void {
  const { button, root } = launcher
  const { document } = window

  function move(): void {
    button.style.translate = ''
    const focused = document.activeElement
    if (!focused || focused === root.host || button.hidden) return
    const mine = button.getBoundingClientRect()
    const its = focused.getBoundingClientRect()
    const isUnder =
      its.left < mine.right &&
      its.right > mine.left &&
      its.top < mine.bottom &&
      its.bottom > mine.top
    if (!isUnder || its.height > window.innerHeight / 2) return
    button.style.translate = `0 ${its.top - GAP - mine.bottom}px`
  }

  listen(document, 'focusin focusout', () => after(0, guarded(move)))
  move()
}
