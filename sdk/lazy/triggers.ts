import type { Trigger } from '#protocol/experiences.ts'
import type { LazyHost } from '../lazy.ts'
import { attempt } from '../log.ts'
import { watchExit } from '../experiences/exit.ts'
import type { Ground } from '../experiences/ground.ts'

const SIGNS_OF_LIFE = 'pointerdown pointermove keydown scroll wheel touchmove'

/** Calls `fire` when one of those that the page itself shows has come, until the function it gives is called. */
export function armTriggers(
  { window, after, guarded }: LazyHost,
  triggers: readonly Trigger[],
  fire: () => void,
): () => void {
  const ends = triggers.map((trigger) => {
    const end = new window.AbortController()
    const { signal } = end
    const options = { capture: true, passive: true, signal }
    const onEnd = (undo: () => void) => {
      signal.onabort = undo
    }
    const hear: Ground['hear'] = (names, run) => {
      for (const name of names.split(' ')) {
        window.document.addEventListener(name, guarded(run), options)
      }
    }
    const wait: Ground['wait'] = (ms, run) => onEnd(after(ms, guarded(run)))
    // A selector may be wrong, and a browser lack an observer: the others do not mind.
    attempt(() => arm(trigger, { window, hear, wait, onEnd }, fire))
    return end
  })
  return () => {
    for (const end of ends) end.abort()
  }
}

export type ArmTriggers = typeof armTriggers

function arm(trigger: Trigger, ground: Ground, fire: () => void) {
  const { window, hear, wait } = ground
  const { on } = trigger
  if (on === 'delay') wait(trigger.seconds * 1_000, fire)
  if (on === 'inactivity') watchInactivity(trigger.seconds * 1_000, ground, fire)
  if (on === 'visible') watchElements(trigger.selector, ground, fire)
  if (on === 'exit') watchExit(ground, fire)
  if (on === 'scroll') {
    hear('scroll', () => {
      const { scrollHeight, clientHeight } = window.document.documentElement
      // Zoomed, the end may be a fraction of a pixel away.
      if ((window.scrollY + 1) * 100 >= (scrollHeight - clientHeight) * trigger.percent) fire()
    })
  }
  if (on === 'click' || on === 'hover') {
    hear(on === 'click' ? 'click' : 'pointerover', ({ target }) => {
      if (target instanceof window.Element && target.closest(trigger.selector)) fire()
    })
  }
}

function watchInactivity(ms: number, { window, hear, wait }: Ground, fire: () => void) {
  const now = () => window.performance.now()
  let activeAt = now()
  const look = () => {
    const left = activeAt + ms - now()
    if (left > 0) wait(left, look)
    else fire()
  }
  hear(SIGNS_OF_LIFE, () => {
    activeAt = now()
  })
  look()
}

/** Also those that come to the page later. */
function watchElements(selector: string, { window, onEnd }: Ground, fire: () => void) {
  const { document } = window
  const seen = new window.IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) fire()
  })
  const search = () => {
    for (const element of document.querySelectorAll(selector)) seen.observe(element)
  }
  const changed = new window.MutationObserver(search)
  onEnd(() => {
    seen.disconnect()
    changed.disconnect()
  })
  search()
  changed.observe(document, { childList: true, subtree: true })
}
