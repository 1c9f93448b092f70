import type { LazyHost } from '../lazy.ts'
import { languagesOf } from './ask-launcher.ts'
import type { Launcher } from './launcher.ts'
import { NOTE_STYLES } from './note-styles.ts'

const CLOSE = { en: 'Close', es: 'Cerrar', pt: 'Fechar', vi: 'Đóng' }
const SVG = 'http://www.w3.org/2000/svg'

export interface Note {
  readonly show: (isShown: boolean) => void
  readonly remove: () => void
}

interface NoteActions {
  readonly open: () => void
  readonly close: () => void
}

/** The rule's own text, beside the launcher. Read out politely, and gone by a press or Escape. */
export function drawNote(
  { window }: LazyHost,
  { root, button, look }: Launcher,
  texts: Readonly<Record<string, string>>,
  { open, close }: NoteActions,
): Note {
  const { document } = window
  const wanted = languagesOf(window)
  const language = languageAmong(Object.keys(texts), wanted) ?? ''
  const own = (look.language ?? wanted.find(Boolean) ?? 'en').slice(0, 2) as keyof typeof CLOSE
  const sheet = new window.CSSStyleSheet()
  sheet.replaceSync(NOTE_STYLES)
  const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, className: string) =>
    Object.assign(document.createElement(name), { className })

  const note = make('div', 'gp-note')
  note.hidden = true
  note.dir = 'auto'
  // A live region is heard where it was there before what is in it.
  const region = make('div', '')
  region.setAttribute('role', 'status')
  const text = make('button', 'say')
  text.lang = language
  text.textContent = texts[language] ?? ''
  const shut = make('button', 'shut')
  shut.setAttribute('aria-label', CLOSE[own] ?? CLOSE.en)
  const cross = document.createElementNS(SVG, 'svg')
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', 'm4 4 12 12m0-12-12 12')
  cross.append(line)
  shut.append(cross)
  note.append(region, shut)

  function leave(): void {
    const hadFocus = note.contains(root.activeElement)
    note.hidden = true
    close()
    if (hadFocus) button.focus()
  }
  text.addEventListener('click', open)
  shut.addEventListener('click', leave)
  note.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    leave()
  })
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  // Before the button: it is come upon first, and the window stays beside what opens it.
  button.before(note)

  return {
    show(isShown) {
      note.hidden = !isShown
      if (isShown && !text.isConnected) region.append(text)
    },
    remove() {
      note.remove()
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet)
    },
  }
}

/** The best of those there are: whole, else by its primary language, else the first. */
function languageAmong(known: readonly string[], wanted: readonly string[]): string | undefined {
  const primary = (language: string) => language.split('-')[0]?.toLowerCase()
  for (const language of wanted) {
    const found =
      known.find((one) => one.toLowerCase() === language.toLowerCase()) ??
      known.find((one) => primary(one) === primary(language))
    if (found) return found
  }
  return known[0]
}
