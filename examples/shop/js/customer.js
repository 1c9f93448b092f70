import { gp } from './gp.js'
import { readStored, writeStored } from './stored.js'

/** `{ email, firstName }` of who has signed in here, or `undefined`. */
export const customer = () => readStored('customer', undefined)

/** Pretends: no password, no server. A real shop would pass a signature along, see docs/identity.md. */
export function signIn({ email, firstName }) {
  const known = { email: email.trim().toLowerCase(), firstName: firstName.trim() }
  writeStored('customer', known)
  return gp('identify', idOf(known.email), { email: known.email, first_name: known.firstName })
}

export function signOut() {
  writeStored('customer', null)
  return gp('reset')
}

/** Of this browser, newest first. */
export const orders = () => readStored('orders', [])
export const ordersOf = (email) => orders().filter((order) => order.email === email)
export const orderOf = (id) => orders().find((order) => order.id === id)

export function saveOrder(order) {
  writeStored('orders', [order, ...orders().filter(({ id }) => id !== order.id)])
}

/** A shop's own number of a customer, always the same one for an address. */
function idOf(email) {
  let hash = 0x811c9dc5
  for (const character of email) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193)
  return `ceiba-${(hash >>> 0).toString(16).padStart(8, '0')}`
}
