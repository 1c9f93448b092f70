import { BY_DEFAULT, BY_GOOGLE, type Choice } from './consent.ts'
import { asObject, asText, type PlainObject } from './json.ts'
import type { Lifecycle } from './lifecycle.ts'
import { attempt, type Log } from './log.ts'

/** GA4's e-commerce events, sent as they are: the server knows what each means. */
const NAMES =
  /^(view_(item(_list)?|cart|promotion)|select_(item|promotion)|add_to_(cart|wishlist)|remove_from_cart|begin_checkout|add_(shipping|payment)_info|purchase|refund|search|login|sign_up)$/
const MAX_ITEMS = 200

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
    const name = command === 'event' ? kind : event
    if (!NAMES.test(asText(name))) return
    const named = asObject(command === 'event' ? given : ecommerce) ?? { search_term, method }
    const { user_data: _private, items, ...rest } = named
    onEvent(
      asText(name),
      Array.isArray(items) ? { ...rest, items: items.slice(0, MAX_ITEMS) } : rest,
    )
  })

  function takeConsent(kind: unknown, given: PlainObject) {
    const choice = choiceOf(given)
    // A default for some regions says nothing of where the visitor is, so it never grants.
    const isGrant = Object.values(choice).includes(true)
    if (!given['region'] || !isGrant) onConsent(choice, kind === 'update' ? BY_GOOGLE : BY_DEFAULT)
  }

  const look = log.guard(() => {
    const entries: unknown = attempt(() => Reflect.get(window, layer))
    if (!Array.isArray(entries) || entries === read) return
    read = entries
    entries.slice().map(take)
    lifecycle.patch(entries, 'push', (...added) => added.map(take as (entry: unknown) => void))
  })

  look()
  return look
}

function choiceOf(given: PlainObject): Choice {
  const choice: Choice = {}
  const read = (purpose: keyof Choice, name: string) => {
    const said = given[name]
    if (said) choice[purpose] = said === 'granted' && choice[purpose] !== false
  }
  read('statistics', 'analytics_storage')
  read('personalisation', 'personalization_storage')
  read('personalisation', 'ad_personalization')
  read('marketing', 'ad_storage')
  return choice
}
