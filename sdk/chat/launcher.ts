import type { LauncherAnswer } from '#protocol/chat-answers.ts'
import { CHAT_LAUNCHER_PATH } from '#protocol/names.ts'
import type { LazyHost } from '../lazy.ts'
import { launcherStyles, OPEN_ICON } from './look.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** The button, and the place of the window beside it. */
export interface Launcher {
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
  /** Of the button. */
  readonly name: string
  readonly place: HTMLElement
  readonly look: LauncherAnswer
  readonly languages: readonly string[]
  readonly show: (isShown: boolean) => void
}

/** Asks what to draw; undefined where the shop has no chat, or nobody answers. Nothing is stored by asking. */
export async function drawLauncher(
  host: LazyHost,
  channelId: string | undefined,
  act: (command?: string) => unknown,
): Promise<Launcher | undefined> {
  const { window } = host
  const { document, navigator } = window
  const languages = [document.documentElement.lang, ...navigator.languages]
  const url = window.location[host.tabs.isAllowed() ? 'href' : 'pathname']
  const reply = await host.ask(CHAT_LAUNCHER_PATH, { channelId, languages, url })
  const look = reply?.answer as LauncherAnswer | undefined
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
    languages,
    show: (isShown) => {
      button.hidden = !isShown
      // A page may have emptied itself.
      if (!element.isConnected) putOnPage()
    },
  }
}
