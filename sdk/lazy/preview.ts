import type { Decisions, Known, Preview } from '#protocol/experiences.ts'
import type { PopupContent } from '#protocol/popup.ts'
import type { Mount, MountedWidget, Ready } from '#widgets/kit/host.ts'
import { createHostElement, putOnPage } from '../experiences/host-element.ts'
import type { LazyHost } from '../lazy.ts'

interface Popup {
  readonly mount: Mount<PopupContent>
  readonly ready: Ready<PopupContent>
}

const WORDS = {
  en: { mark: 'Preview: only this link shows it, until', again: 'Show again' },
  es: { mark: 'Vista previa: solo este enlace la muestra, hasta', again: 'Mostrar otra vez' },
}
/** Set by script, so that no style-src minds. */
const MARK =
  'position:fixed;inset:auto auto 12px 50%;transform:translateX(-50%);display:flex;gap:12px;' +
  'align-items:center;max-width:calc(100vw - 24px);box-sizing:border-box;padding:4px 4px 4px 16px;border-radius:24px;' +
  'background:#1b1b18;color:#fff;font:14px/20px system-ui,sans-serif;box-shadow:0 8px 24px rgb(0 0 0/.3)'
const BUTTON =
  'min-height:44px;padding:0 16px;border:1px solid #fff;border-radius:22px;background:none;color:inherit;font:inherit;cursor:pointer'

const shownOn = new WeakMap<LazyHost, number>()

/**
 * Draws a draft for whoever opened the page by a link to it, marked as one. Nothing is claimed, told or sent: to the shop's
 * figures it never happened.
 */
export function start(host: LazyHost, decisions: Partial<Decisions> = {}): void {
  host.guarded(() => begin(host, decisions))()
}

function begin(host: LazyHost, { preview, known }: Partial<Decisions>): void {
  // Every answer of the page view brings it again.
  if (!preview || shownOn.get(host) === preview.endsAt) return
  shownOn.set(host, preview.endsAt)
  let remove = () => {}
  const show = host.guarded(() => {
    remove()
    void draw(host, preview, known).then((gone) => {
      remove = gone
    })
  })
  show()
  const unmark = mark(host, preview, show)
  const end = () => {
    remove()
    unmark()
    shownOn.delete(host)
  }
  host.on('page:viewed', host.guarded(end))
  host.onEnd(end)
}

async function draw(
  host: LazyHost,
  { content, thanks }: Preview,
  known: Known | undefined,
): Promise<() => void> {
  const { mount, ready } = (await host.chunk('popup')) as Popup
  await ready(content, host.chunk)
  const { document, navigator } = host.window
  const root = createHostElement(document, content.layout.kind !== 'modal')
  let widget: MountedWidget<PopupContent> | undefined
  const close = host.guarded(() => {
    const gone = () => root.host.remove()
    void widget?.unmount().then(gone, gone)
    widget = undefined
  })
  widget = mount({
    root,
    load: host.chunk,
    content,
    known,
    languages: [document.documentElement.lang, ...navigator.languages].filter(Boolean),
    now: () => host.now(),
    shown: () => {},
    clicked: () => {},
    closed: close,
    chose: () => {},
    submit: async () => ({ ok: true, thanks }),
  })
  putOnPage(root)
  widget.show()
  return close
}

/** In a shadow root of its own, so that nobody takes the draft for what visitors see. */
function mark(host: LazyHost, { endsAt }: Preview, show: () => void): () => void {
  const { document, navigator } = host.window
  const language = document.documentElement.lang || navigator.language
  const words = /^es/i.test(language) ? WORDS.es : WORDS.en
  const root = createHostElement(document, true)
  const bar = document.createElement('div')
  bar.style.cssText = MARK
  const text = document.createElement('span')
  const until = new Date(endsAt).toLocaleTimeString(language, { timeStyle: 'short' })
  text.textContent = `${words.mark} ${until}.`
  const button = document.createElement('button')
  button.style.cssText = BUTTON
  button.textContent = words.again
  button.addEventListener('click', show)
  bar.append(text, button)
  root.append(bar)
  putOnPage(root)
  return () => root.host.remove()
}
