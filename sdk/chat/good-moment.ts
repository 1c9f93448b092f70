import type { LazyHost } from '../lazy.ts'
import { attempt } from '../log.ts'

const DIALOGS = 'dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]'
const EDITABLE = 'input,textarea,select,[contenteditable]:not([contenteditable=false])'
/** As the window takes a screen for small. */
const SMALL = '(max-width:520px),(max-height:480px)'

export function isSmall(window: LazyHost['window']): boolean {
  return window.matchMedia(SMALL).matches
}

/** Something of the page's, or another widget of ours, wants an answer first. `own`: the chat's. */
export function isBusy(
  { document, innerWidth, innerHeight }: LazyHost['window'],
  own: ShadowRoot,
): boolean {
  const widgets = [...document.querySelectorAll('gp-widget')].flatMap(({ shadowRoot }) =>
    shadowRoot && shadowRoot !== own ? [shadowRoot] : [],
  )
  const dialogs = [document, ...widgets].flatMap((root) => [...root.querySelectorAll(DIALOGS)])
  return !!document.fullscreenElement || dialogs.some(isSeen)

  /** Many stand on the page all the time, hidden in one of a dozen ways. */
  function isSeen(dialog: Element): boolean {
    const { left, right, top, bottom, width, height } = dialog.getBoundingClientRect()
    const isOut = right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight
    // A place of no size may hold what has one.
    const isEmpty = !width && !height && !dialog.matches('dialog')
    const look = { visibilityProperty: true, opacityProperty: true }
    const isVisible = attempt(() => dialog.checkVisibility(look), true)
    return isVisible && !isEmpty && !isOut
  }
}

/** The page's focus is where one writes. */
export function isTyping({ document }: LazyHost['window']): boolean {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  // What is typed in a frame of another origin nobody tells us.
  return !!focused?.matches(`${EDITABLE},iframe`)
}
