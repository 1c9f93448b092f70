import type { Decision } from '#protocol/experiences.ts'
import type { LazyHost } from '../lazy.ts'
import type { PlainObject } from '../json.ts'
import type { GpEvents } from '../types.ts'

/** Tells the server at once, whoever listens with `gp.on`, and the page by an event of the document. */
export function createTelling(
  { window, track, tabs, tellPage, guarded }: LazyHost,
  { experienceId, variantId, key }: Decision,
): (name: string, more: PlainObject) => void {
  return guarded((name: string, more: PlainObject) => {
    // Nobody did anything where it is gone because it may not be shown any more.
    if (more['how'] !== 'gone') {
      track(name, { experience_id: experienceId, variant_id: variantId, ...more })
      tabs.send()
    }
    const what = name.slice('Experience '.length).toLowerCase()
    const detail = { experienceId, variantId, key, ...more }
    tellPage(`experience:${what}` as 'experience:shown', detail as GpEvents['experience:shown'])
    window.document.dispatchEvent(new window.CustomEvent(`gp:experience-${what}`, { detail }))
  })
}
