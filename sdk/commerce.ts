import { PURPOSES } from '#protocol/names.ts'
import { BY_DEFAULT, BY_GOOGLE, type Choice } from './consent.ts'
import { asObject, asText, type PlainObject } from './json.ts'
import type { Lifecycle } from './lifecycle.ts'
import { attempt, type Log } from './log.ts'

/** GA4's e-commerce events, sent as they are: the server knows what each means. */
const NAMES =
  /^((view|select)_(item|cart|promo)|add_(to_|ship|pay)|(remove_from_cart|begin_checkout|purchase|refund|search|login|sign_up)$)/
const MAX_ITEMS = 200
/** What Google's consent mode calls our purposes, in their order, and nothing else that it knows begins like it. */
const SIGNALS = [/^an/, /^(ad_)?p/, /^ad_s/]

interface CommerceDeps {
  readonly window: Window
  readonly log: Log
  readonly lifecycle: Lifecycle
  /** The dataLayer's name. */
  readonly layer: string
  readonly onEvent: (name: string, properties: PlainObject) => void
  readonly onConsent: (given: Choice, rank: number) => void
}

/**
 * Reads what Google's tags are told, old entries first; the array stays the page's own. Gives the function that reads a
 * dataLayer which was not there before, or was replaced.
 */
export function readDataLayer(deps: CommerceDeps): () => void {
  const { window, log, lifecycle, layer, onEvent, onConsent } = deps
  let read: unknown

  /** An object with `event`, or the arguments of a `gtag()` call. */
  const take = log.guard((entry: PlainObject | null | undefined) => {
    const { 0: command, 1: kind, 2: given, event, ecommerce, search_term, method } = entry ?? {}
    if (command === 'consent') return takeConsent(kind, asObject(given) ?? {})
    const isCall = command === 'event'
    const name = asText(isCall ? kind : event)
    if (!NAMES.test(name)) return
    const named = asObject(isCall ? given : ecommerce) ?? { search_term, method }
    const { user_data: _private, items, ...rest } = named
    onEvent(name, { ...rest, items: Array.isArray(items) ? items.slice(0, MAX_ITEMS) : undefined })
  })

  function takeConsent(kind: unknown, given: PlainObject) {
    const choice = choiceOf(given)
    // A default for some regions says nothing of where the visitor is, so it never grants.
    if (given['region'] && Object.values(choice).includes(true)) return
    onConsent(choice, kind === 'update' ? BY_GOOGLE : BY_DEFAULT)
  }

  const look = log.guard(() => {
    const entries: unknown = attempt(() => (window as unknown as PlainObject)[layer])
    if (!Array.isArray(entries) || entries === read) return
    read = entries
    entries.slice().map(take)
    lifecycle.patch(entries, 'push', (...added) => added.map(take as (entry: unknown) => void))
  })

  look()
  return look
}

/** Of two signals for one purpose a denial wins. */
function choiceOf(given: PlainObject): Choice {
  const choice: Choice = {}
  for (const [signal, said] of Object.entries(given)) {
    const purpose = PURPOSES[SIGNALS.findIndex((signals) => signals.test(signal))]
    if (purpose && said) choice[purpose] = said === 'granted' && choice[purpose] !== false
  }
  return choice
}
