import { WEBHOOK_DELIVERIES_PATH, WEBHOOK_PATH } from '#protocol/names.ts'
import type { DeliveryState } from '#protocol/webhooks.ts'
import { pathOf } from '../settings/path-of.ts'

export const WEBHOOKS_PAGE_PATH = '/console/settings/webhooks'
const WEBHOOK_PAGE_PATH = '/console/settings/webhook'

/** The page of one webhook. */
export function webhookAddress(webhookId: string): string {
  return pathOf(WEBHOOK_PAGE_PATH, {}, { id: webhookId })
}

export function webhookPath(webhookId: string): string {
  return pathOf(WEBHOOK_PATH, { webhookId })
}

/** Without a state: of all. */
export function deliveriesPath(webhookId: string, state?: DeliveryState | ''): string {
  return pathOf(WEBHOOK_DELIVERIES_PATH, { webhookId }, { state })
}

/** What tells webhooks apart at a glance: the rest of an address may be as good as a password, yet is its owner's to see. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
