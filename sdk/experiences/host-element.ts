import { attempt } from '../log.ts'

/**
 * Set by script, so that no style-src minds, and important in the element itself, which no rule of the page outranks.
 * More than the greatest z-index is the greatest.
 * It is as large as what is in the flow in it, which is nothing, and so moves nothing: what is in it places itself on the screen.
 */
const STYLE =
  'all:initial!important;position:fixed!important;' +
  'inset:0 auto auto 0!important;z-index:9999999999!important'

/**
 * A place for a widget that the page's styles do not reach, not yet on the page. Outside of the body, which pages transform, hide and replace;
 * `isOnTop`: in the top layer, where no z-index, filter or transform of the page's matters. A modal's dialog goes there itself.
 */
export function createHostElement(document: Document, isOnTop: boolean): ShadowRoot {
  const element = document.createElement('gp-widget')
  element.style.cssText = STYLE
  // Open, so that a shop's own tests and audits of accessibility see into it.
  const root = element.attachShadow({ mode: 'open' })
  if (isOnTop) element.popover = 'manual'
  return root
}

/** Beside the page's body, where its scripts seldom look. */
export function putOnPage({ host, ownerDocument }: ShadowRoot): void {
  ownerDocument.documentElement.append(host)
  // Browsers before 2024 lack it: there the z-index has to do.
  if ((host as HTMLElement).popover) attempt(() => (host as HTMLElement).showPopover())
}
