import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import type { LazyHost } from '../lazy.ts'
import { askLauncher } from './ask-launcher.ts'
import { launcherStyles, OPEN_ICON } from './look-styles.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** The button, and the place of the window beside it. */
export interface Launcher {
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
  /** Of the button. */
  readonly name: string
  readonly place: HTMLElement
  /** Of the page that it was drawn on; whether it is shown, of the last that was asked for. */
  readonly look: LauncherAnswer
  readonly show: (isShown: boolean | undefined) => void
}

/** Asks what to draw; undefined where the shop has no chat, or nobody answers. Nothing is stored by asking. */
export async function drawLauncher(
  host: LazyHost,
  channelId: string | undefined,
  act: (command?: string) => unknown,
): Promise<Launcher | undefined> {
  const { window } = host
  const { document } = window
  const look = (await askLauncher(host, channelId)) as LauncherAnswer | undefined
  if (!look?.channelId) return undefined

  const element = document.createElement('gp-widget')
  // Open, so that a shop's own tests and audits of accessibility see into it.
  const root = element.attachShadow({ mode: 'open' })
  // Beside the page's body, where its scripts seldom look.
  const putOnPage = () => document.documentElement.append(element)
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(launcherStyles(look, window))
  root.adoptedStyleSheets = [sheet]

  const place = document.createElement('div')
  place.id = 'gp-chat-window'
  const button = document.createElement('button')
  const icon = document.createElementNS(SVG, 'path')
  const drawing = document.createElementNS(SVG, 'svg')
  icon.setAttribute('d', OPEN_ICON)
  drawing.append(icon)
  const { launcher = '', title = 'Chat' } = look.texts
  button.append(drawing, launcher)
  const name = launcher || title
  button.className = 'gp-launcher'
  button.setAttribute('part', 'launcher')
  button.setAttribute('aria-label', name)
  button.setAttribute('aria-haspopup', 'dialog')
  button.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-controls', place.id)
  button.hidden = true
  button.addEventListener('click', () => act('toggleChat'))
  // Whoever points at the button is about to press it.
  button.addEventListener('pointerenter', () => act())
  root.append(button, place)

  // The rest makes way for what the page has focused.
  host.listen(document, 'focusin', ({ target }) => {
    if ((target as Element).matches?.(':focus-visible')) act()
  })
  host.onEnd(() => element.remove())
  putOnPage()
  return {
    root,
    button,
    name,
    place,
    look,
    show: (isShown) => {
      button.hidden = !isShown
      // A page may have emptied itself.
      if (!element.isConnected) putOnPage()
    },
  }
}
