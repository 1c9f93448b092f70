import type { ListedOrigin } from '#protocol/shop.ts'
import type { Refused } from '../api.ts'
import { formFault, type FormFault } from '../settings/faults.ts'

const NO_ORIGIN: FormFault = { field: 'origin', message: 'origin.fault' }

/**
 * What was meant where somebody writes a host, or copies an address from their browser: the server takes origins alone,
 * and `myshop.com/cart` says clearly enough which one.
 */
export function originMeant(typed: string): string {
  const text = typed.trim()
  const withScheme = /^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `https://${text}`
  // With a wildcard it is no address; the server knows those.
  if (withScheme.includes('*') || !URL.canParse(withScheme)) return withScheme
  const { origin } = new URL(withScheme)
  return origin === 'null' ? withScheme : origin
}

export function faultInOrigin({ origin }: { readonly origin: string }): FormFault | undefined {
  return origin.trim() === '' ? NO_ORIGIN : undefined
}

/** The server puts no field's name before what it says of an origin. */
export function faultOfOrigin(refused: Refused): FormFault {
  return refused.refusal === 'bad_request' ? NO_ORIGIN : formFault(refused)
}

/** The server answers alike whether it was listed before or not. */
export function isListed(listed: readonly ListedOrigin[], { id }: ListedOrigin): boolean {
  return listed.some((one) => one.id === id)
}
