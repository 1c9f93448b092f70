import { FEED_PATH, PRODUCT_IMPORTS_PATH } from '#protocol/names.ts'
import { pathOf } from '../settings/path-of.ts'

export const FEEDS_PAGE_PATH = '/console/settings/feeds'
const FEED_PAGE_PATH = '/console/settings/feed'

/** The page of one feed. */
export function feedAddress(feedId: string): string {
  return pathOf(FEED_PAGE_PATH, {}, { id: feedId })
}

export function feedPath(feedId: string): string {
  return pathOf(FEED_PATH, { feedId })
}

/** What a run of a feed has read; undefined: nothing yet. */
export function importPath(importId: string | null): string | undefined {
  return importId === null ? undefined : `${PRODUCT_IMPORTS_PATH}/${encodeURIComponent(importId)}`
}

/** Every line that was left out, as a file. A browser that saves one sends no header of ours. */
export function faultsAddress(importId: string, shopKey: string): string {
  return pathOf(`${importPath(importId)}/faults`, {}, { shop: shopKey })
}
