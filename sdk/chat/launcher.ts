import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import { CHAT_LAUNCHER_PATH } from '#protocol/names.ts'
import { createHostElement, putOnPage } from '../experiences/host-element.ts'
import type { LazyHost } from '../lazy.ts'
import { CLOSE_ICON, dress, LAUNCHER_STYLES, OPEN_ICON } from './look.ts'

const SVG = 'http://www.w3.org/2000/svg'
const GAP = 8

/** The button, and the place of the window beside it. */
export interface Launcher {
  readonly root: ShadowRoot
  readonly place: HTMLElement
  readonly look: LauncherAnswer
  readonly languages: readonly string[]
  readonly show: (isShown: boolean) => void
  /** `words`: how many are unread, for who does not see it. */
  readonly stands: (isOpen: boolean, unread: number, words?: string) => void
  readonly focus: () => void
}

/** Asks what to draw; undefined where the shop has no chat, or nobody answers. Nothing is stored by asking. */
export async function createLauncher(
  host: LazyHost,
  channelId: string | undefined,
  toggle: () => void,
  warmUp: () => void,
): Promise<Launcher | undefined> {
  const { window, guarded } = host
  const { document, navigator } = window
  const languages = [document.documentElement.lang, ...navigator.languages].filter(Boolean)
  const url = host.tabs.isAllowed() ? window.location.href : window.location.pathname
  const reply = await host.ask(CHAT_LAUNCHER_PATH, { channelId, languages, url })
  const look = reply?.answer as LauncherAnswer | undefined
  if (!look?.channelId) return undefined

  const root = createHostElement(document, false)
  const element = root.host as HTMLElement
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(LAUNCHER_STYLES)
  root.adoptedStyleSheets = [sheet]
  dress(element, look, window)

  const place = document.createElement('div')
  place.id = 'gp-chat-window'
  const button = document.createElement('button')
  const icon = document.createElementNS(SVG, 'path')
  const drawing = document.createElementNS(SVG, 'svg')
  const label = document.createElement('span')
  const badge = document.createElement('i')
  drawing.setAttribute('viewBox', '0 0 24 24')
  drawing.setAttribute('aria-hidden', 'true')
  drawing.append(icon)
  const { launcher, title = 'Chat' } = look.texts
  const name = launcher ?? title
  label.textContent = name
  button.className = 'gp-launcher'
  button.type = 'button'
  button.hidden = true
  button.setAttribute('part', 'launcher')
  button.setAttribute('aria-haspopup', 'dialog')
  button.setAttribute('aria-controls', place.id)
  button.append(drawing, ...(launcher ? [label] : []))
  button.addEventListener('click', guarded(toggle))
  button.addEventListener('pointerenter', guarded(warmUp), { once: true })
  root.append(button, place)

  const stands: Launcher['stands'] = (isOpen, unread, words) => {
    icon.setAttribute('d', isOpen ? CLOSE_ICON : OPEN_ICON)
    button.setAttribute('aria-expanded', `${isOpen}`)
    button.setAttribute('aria-label', words ? `${name}, ${words}` : name)
    badge.textContent = unread > 99 ? '99+' : `${unread}`
    if (unread && !isOpen) button.append(badge)
    else badge.remove()
  }

  /** WCAG 2.2, 2.4.11: what the page has focused is not left under the button. */
  function makeWay(): void {
    button.style.translate = ''
    const focused = document.activeElement
    if (!focused || focused === element || button.hidden) return
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

  stands(false, 0)
  host.listen(document, 'focusin focusout', () => host.after(0, guarded(makeWay)))
  host.onEnd(() => element.remove())
  putOnPage(root)
  return {
    root,
    place,
    look,
    languages,
    show: (isShown) => {
      button.hidden = !isShown
      // A page may have emptied itself.
      if (!element.isConnected) putOnPage(root)
    },
    stands,
    focus: () => button.focus(),
  }
}
