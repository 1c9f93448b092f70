import type { LazyHost } from '../lazy.ts'
import type { Properties } from '../types.ts'

/** Fields whose content never becomes a trait, whatever the shop names. */
const NEVER = /pass|pwd|card|cvv|cvc|iban|secret|pin$/i

const heard = new WeakSet<Window>()

/** What the page says of itself: products in JSON-LD, a consent platform, and what `listenToDeclared` hears. */
export function start(host: LazyHost): void {
  const { window, chunk } = host
  const begin = (loaded: unknown) => (loaded as { start: (host: LazyHost) => void }).start(host)
  // Each has its own size, and most pages have one of them at most. Without it, the tag does the rest of its work.
  if (window.document.querySelector('[type="application/ld+json"]')) {
    void chunk('json-ld')
      .then(begin)
      .catch(() => undefined)
  }
  if (window.__tcfapi)
    void chunk('tcf')
      .then(begin)
      .catch(() => undefined)
  listenToDeclared(host)
}

/**
 * What the shop declares in its HTML: `data-gp-track="Name"` on what is clicked or a form that is sent, with further
 * `data-gp-…` as properties; `data-gp-identify="email first_name"` on a form names the fields that become traits.
 */
function listenToDeclared({ window, listen, onEnd, track, record }: LazyHost): void {
  const { document, Element, FormData } = window
  if (heard.has(window)) return
  heard.add(window)
  onEnd(() => heard.delete(window))

  function closest(target: EventTarget | null, selector: string): HTMLElement | null {
    return target instanceof Element ? target.closest<HTMLElement>(selector) : null
  }

  function trackDeclared(element: HTMLElement) {
    const name = element.dataset['gpTrack']
    if (name) track(name, declaredProperties(element))
  }

  listen(document, 'click', ({ target }) => {
    const element = closest(target, '[data-gp-track]')
    if (element && element.tagName !== 'FORM') trackDeclared(element)
  })
  listen(document, 'submit', ({ target }) => {
    const form = closest(target, 'form')
    if (!form) return
    const names = form.getAttribute('data-gp-identify')?.split(/[\s,]+/) ?? []
    const traits = fieldsOf(form, new FormData(form as HTMLFormElement), names)
    if (Object.keys(traits).length) record({ type: 'identify', traits })
    trackDeclared(form)
  })
}

function declaredProperties(element: HTMLElement): Properties {
  const properties: Properties = {}
  for (const [key, value] of Object.entries(element.dataset)) {
    const name = /^gp([A-Z].*)/.exec(key)?.[1]
    if (!name || name === 'Track' || name === 'Identify') continue
    properties[name.charAt(0).toLowerCase() + name.slice(1)] = value
  }
  return properties
}

/** By FormData, since a field named `elements` hides a form's own. */
function fieldsOf(form: HTMLElement, fields: FormData, names: string[]): Properties {
  const traits: Properties = {}
  for (const name of names) {
    const value = fields.get(name)
    if (typeof value !== 'string' || !value || NEVER.test(name) || isPassword(form, name)) continue
    traits[name] = value
  }
  return traits
}

function isPassword(form: HTMLElement, name: string): boolean {
  const passwords = form.querySelectorAll('input[type=password]')
  return [...passwords].some((field) => field.getAttribute('name') === name)
}
