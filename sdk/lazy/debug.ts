import type { LazyHost } from '../lazy.ts'
import type { GpEvents } from '../types.ts'

/** One line of the overlay: an event and what became of it. */
interface Line {
  readonly name: string
  /** `ok`, or why it was dropped. */
  readonly state: string
  readonly detail?: string
}

interface Overlay {
  show: (line: Line) => void
  close: () => void
}

const MAX_LINES = 100
const STYLE = `
:host { all: initial !important; position: fixed !important; inset-block-end: 16px !important;
  inset-inline-end: 16px !important; z-index: 2147483647 !important; display: block !important }
section { width: min(380px, calc(100vw - 32px)); max-height: 60vh; display: flex; flex-direction: column;
  font: 13px/1.4 system-ui, sans-serif; color: #1b1f24; background: #fff; border: 1px solid #d4d8dd;
  border-radius: 10px; box-shadow: 0 8px 30px rgb(0 0 0 / .18); overflow: hidden }
header { display: flex; align-items: center; justify-content: space-between; padding: 8px 12px;
  border-block-end: 1px solid #e6e8eb }
h2 { font-size: 13px; margin: 0 }
button { font: inherit; min-width: 28px; min-height: 28px; border: 0; border-radius: 6px; background: none;
  color: inherit; cursor: pointer }
button:hover { background: #f0f2f4 }
button:focus-visible, ol:focus-visible { outline: 2px solid #2457d6; outline-offset: -2px }
ol { margin: 0; padding: 4px 0; overflow: auto; list-style: none }
li { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 4px 12px }
b { font-weight: 500; overflow-wrap: anywhere } .ok { color: #0a6b3d } .no { color: #a4262c }
small { grid-column: 1 / -1; color: #5d6570; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) {
  section { color: #e8eaed; background: #1b1e22; border-color: #3a4048 } header { border-color: #31363d }
  button:hover { background: #2b3036 } .ok { color: #6fd39c } .no { color: #ff9a9e }
  small { color: #a5adb8 }
}`

const open = new WeakMap<Document, Overlay>()

/** A list of the page's events and what became of each, for the shop's developer. Escape or its button closes it. */
export function start({ window, on, onEnd }: LazyHost, isOn: unknown): void {
  const { document } = window
  if (isOn === false) return open.get(document)?.close()
  if (open.has(document)) return
  const overlay = openOverlay(window, document, () => open.delete(document))
  open.set(document, overlay)
  onEnd(overlay.close)
  on('event:sent', (told: GpEvents['event:sent']) => overlay.show({ ...told, state: 'ok' }))
  on('event:dropped', ({ name, reason, message }: GpEvents['event:dropped']) =>
    overlay.show({ name, state: reason, detail: message }),
  )
  on('consent:changed', (consent: GpEvents['consent:changed']) =>
    overlay.show({ name: 'Consent', state: 'ok', detail: JSON.stringify(consent) }),
  )
}

function openOverlay(window: LazyHost['window'], document: Document, onClose: () => void): Overlay {
  const host = document.createElement('gp-debug')
  const root = host.attachShadow({ mode: 'open' })
  // A constructed sheet needs no style-src; a style element would.
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]

  const list = element('ol', { tabIndex: 0 })
  list.setAttribute('aria-label', 'Events, newest first')
  const button = element('button', { type: 'button', textContent: '✕', onclick: close })
  button.setAttribute('aria-label', 'Close')
  const section = element('section', {})
  section.setAttribute('aria-label', 'Granplaza events')
  const header = element('header', {})
  header.append(element('h2', { textContent: 'Granplaza events' }), button)
  section.append(header, list)
  section.onkeydown = ({ key }) => {
    if (key === 'Escape') close()
  }
  root.append(section)
  document.documentElement.append(host)

  function element<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    properties: Partial<HTMLElementTagNameMap[K]>,
  ): HTMLElementTagNameMap[K] {
    return Object.assign(document.createElement(tag), properties)
  }

  function close() {
    host.remove()
    onClose()
  }

  return {
    show: ({ name, state, detail }) => {
      const className = state === 'ok' ? 'ok' : 'no'
      const row = element('li', {})
      row.append(
        element('b', { textContent: name }),
        element('span', { textContent: state, className }),
      )
      if (detail && detail !== state) row.append(element('small', { textContent: detail }))
      list.prepend(row)
      if (list.childElementCount > MAX_LINES) list.lastElementChild?.remove()
    },
    close,
  }
}
