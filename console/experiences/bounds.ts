import type { EXPERIENCE_LIMITS } from '#protocol/experiences.ts'
import type { POPUP_LIMITS } from '#protocol/popup.ts'

/** What the server takes at most; named here once more, so that the console is without its schemas. */
export const POPUP_BLOCKS: (typeof POPUP_LIMITS)['blocks'] = 30
export const POPUP_PRODUCTS: (typeof POPUP_LIMITS)['products'] = 5
export const MOST_TRIGGERS: (typeof EXPERIENCE_LIMITS)['triggers'] = 10
export const MOST_EXPERIENCES: (typeof EXPERIENCE_LIMITS)['experiences'] = 500
