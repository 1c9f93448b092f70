import type { Launcher } from './launcher.ts'
import { OPEN_ICON } from './look-styles.ts'
import { STAND_STYLES } from './stand-styles.ts'

const CLOSE_ICON = 'm7 11 7 7 7-7'

/** `words`: how many are unread, for who does not see it. */
export type Stand = (isOpen: boolean, unread: number, words?: string) => void

/** What the button tells of a chat, once there is one. */
export function createStand({ root, button, name }: Launcher, page: Window): Stand {
  const sheet = new (page as Window & typeof globalThis).CSSStyleSheet()
  sheet.replaceSync(STAND_STYLES)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  const badge = page.document.createElement('i')
  const icon = button.querySelector('path')
  return (isOpen, unread, words) => {
    icon?.setAttribute('d', isOpen ? CLOSE_ICON : OPEN_ICON)
    button.setAttribute('aria-expanded', `${isOpen}`)
    button.setAttribute('aria-label', words ? `${name}, ${words}` : name)
    badge.textContent = unread > 99 ? '99+' : `${unread}`
    if (unread && !isOpen) button.append(badge)
    else badge.remove()
  }
}
