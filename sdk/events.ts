import type { WireEvent } from '#protocol/events.ts'
import { MAX_STRING_CHARS } from '#protocol/names.ts'
import type { Browser } from './browser.ts'
import { readPage } from './context.ts'
import { toJson, type PlainObject } from './json.ts'
import type { QueueItem } from './queue.ts'
import type { Outcome } from './types.ts'

/** What a command, a click or the page's navigation gives; the rest is known here. */
export interface Happening extends Pick<WireEvent, 'type'> {
  name?: string | undefined
  properties?: PlainObject | undefined
  traits?: PlainObject | undefined
  userId?: string | undefined
  groupId?: string
  signature?: string | undefined
}

/** The event as it will go, but for `seq` and `ageMs`; the shop may change its objects afterwards. */
export function makeItem(
  browser: Browser,
  happening: Happening,
  { referrer, type }: { referrer: string; type: string | undefined },
  settle?: (outcome: Outcome) => void,
): QueueItem {
  const at = browser.now()
  const id = browser.newId()
  const page = readPage(browser, referrer, type)
  const json = toJson({ ...happening, id, at, page }, MAX_STRING_CHARS)
  return {
    id,
    name: happening.name ?? happening.type,
    json,
    // and the two that join it
    bytes: browser.bytes(json) + 50,
    at,
    url: page.url,
    bornAt: browser.monotonic(),
    userId: happening.type === 'identify' ? happening.userId : undefined,
    settle,
  }
}
