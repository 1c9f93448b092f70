/** @jsxRuntime classic */
/** @jsx h */
import { h, type VNode } from '../../kit/h.ts'

const SVG = 'http://www.w3.org/2000/svg'
const PATHS = {
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  clip: 'M20 11.5 12 19a5 5 0 0 1-7-7l8.5-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.4',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4.2 4.2 0 0 0 7 0M9 9.5h.01M15 9.5h.01',
  send: 'M12 19V5M6 11l6-6 6 6',
}

/** Its place; `fillIcons` draws. Chunks that come later bring the paths of their own. */
export function icon(name: keyof typeof PATHS): VNode {
  return <span class="icon" data-icon={PATHS[name]} aria-hidden="true" />
}

/**
 * Drawings are elements of another kind than those that `draw` makes; in a shadow root of its own, `draw` leaves one alone.
 * What it looks like it inherits.
 */
export function fillIcons(root: ParentNode): void {
  for (const slot of root.querySelectorAll<HTMLElement>('[data-icon]')) {
    if (slot.shadowRoot) continue
    const drawing = document.createElementNS(SVG, 'svg')
    const path = document.createElementNS(SVG, 'path')
    drawing.setAttribute('viewBox', '0 0 24 24')
    path.setAttribute('d', slot.dataset['icon'] ?? '')
    drawing.append(path)
    slot.attachShadow({ mode: 'open' }).append(drawing)
  }
}
