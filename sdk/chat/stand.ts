import type { Launcher } from './launcher.ts'
import { OPEN_ICON } from './look.ts'

const CLOSE_ICON = 'm7 11 7 7 7-7'

const STYLES = `
.gp-launcher svg{stroke-linecap:round}
.gp-launcher[aria-expanded=true]{width:56px;height:56px;overflow:hidden;font-size:0}
.gp-launcher i{position:absolute;inset-block-start:-6px;inset-inline-end:-6px;min-width:22px;height:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#c0362c;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center}
@media(max-width:520px),(max-height:480px){.gp-launcher[aria-expanded=true]{display:none}}
@media(forced-colors:active){.gp-launcher i{border:1px solid;line-height:20px}}
`

/** `words`: how many are unread, for who does not see it. */
export type Stand = (isOpen: boolean, unread: number, words?: string) => void

/** What the button tells of a chat, once there is one. */
export function createStand({ root, button, name }: Launcher, page: Window): Stand {
  const sheet = new (page as Window & typeof globalThis).CSSStyleSheet()
  sheet.replaceSync(STYLES)
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
