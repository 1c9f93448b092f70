import type { Ground } from './ground.ts'

/** On touch, half a screen up within this time: whoever reads does not scroll so, who wants the address bar does. */
const FLICK_MS = 300
/** A page that scrolls by itself (to its top, to an anchor) was not touched just before. */
const TOUCHED_MS = 1_500

/**
 * The visitor is about to leave: the pointer is out through the top; on touch screens, which have no pointer to watch, a
 * fast scroll up or the tab left and looked at again. Never `beforeunload`, which costs a page the back/forward cache.
 */
export function watchExit({ window, hear }: Ground, fire: () => void): void {
  const { document } = window
  hear('mouseout', (event) => {
    const { relatedTarget, clientY } = event as MouseEvent
    if (!relatedTarget && clientY <= 0) fire()
  })
  if (!window.matchMedia('(pointer: coarse)').matches) return

  let wasHidden = false
  hear('visibilitychange', () => {
    if (document.visibilityState === 'hidden') wasHidden = true
    else if (wasHidden) fire()
  })

  let touchedAt = -Infinity
  let from = { at: 0, y: 0 }
  hear('touchstart touchmove', ({ timeStamp }) => {
    touchedAt = timeStamp
  })
  hear('scroll', ({ timeStamp }) => {
    const y = window.scrollY
    if (y >= from.y || timeStamp - from.at > FLICK_MS) from = { at: timeStamp, y }
    const isFast = from.y - y > window.innerHeight / 2
    if (isFast && timeStamp - touchedAt < TOUCHED_MS) fire()
  })
}
