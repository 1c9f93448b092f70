import type { Leaf } from '#protocol/leaf.ts'
import { compileAffinity, compileEvent, compileEventAmount, compileItem } from './behaviour.ts'
import { compileCartItem, compileCartQuantity, compileCartValue } from './cart.ts'
import { compileChat, compileChatRating, compileLead } from './chat.ts'
import type { CompiledLeaf } from './compiled-leaf.ts'
import {
  compileAudience,
  compileConsent,
  compileConsentChoice,
  compileCustomer,
  compileCustomerAttribute,
  compileCustomerSince,
  compileList,
  compileRfm,
} from './person.ts'
import { compileAverageOrder, compileOrdered, compileOrders, compileSpent } from './purchase.ts'
import { compileDevice, compilePlace, compileScreen } from './surroundings.ts'
import { compileDate, compileHour, compileWeekday } from './time.ts'
import {
  compilePage,
  compilePageSeen,
  compileSource,
  compileTimeOnSite,
  compileVisitor,
  compileVisits,
} from './visit.ts'

/** Its facts come with a slice that is not there yet. */
const LATER: CompiledLeaf = { reads: [], seen: () => undefined, holds: undefined }

/** Refuses a regular expression that is none, or too large. */
export function compileLeaf(leaf: Leaf): CompiledLeaf {
  switch (leaf.kind) {
    case 'pageSeen':
      return compilePageSeen(leaf)
    case 'page':
      return compilePage(leaf)
    case 'source':
      return compileSource(leaf)
    case 'visits':
      return compileVisits(leaf)
    case 'visitor':
      return compileVisitor(leaf)
    case 'timeOnSite':
      return compileTimeOnSite(leaf)
    case 'orders':
      return compileOrders(leaf)
    case 'spent':
      return compileSpent(leaf)
    case 'averageOrder':
      return compileAverageOrder(leaf)
    case 'ordered':
      return compileOrdered(leaf)
    case 'cartValue':
      return compileCartValue(leaf)
    case 'cartQuantity':
      return compileCartQuantity(leaf)
    case 'cartItem':
      return compileCartItem(leaf)
    case 'item':
      return compileItem(leaf)
    case 'event':
      return compileEvent(leaf)
    case 'eventAmount':
      return compileEventAmount(leaf)
    case 'affinity':
      return compileAffinity(leaf)
    case 'audience':
      return compileAudience(leaf)
    case 'list':
      return compileList(leaf)
    case 'customer':
      return compileCustomer(leaf)
    case 'customerAttribute':
      return compileCustomerAttribute(leaf)
    case 'customerSince':
      return compileCustomerSince(leaf)
    case 'rfm':
      return compileRfm(leaf)
    case 'consent':
      return compileConsent(leaf)
    case 'consentChoice':
      return compileConsentChoice(leaf)
    case 'place':
      return compilePlace(leaf)
    case 'device':
      return compileDevice(leaf)
    case 'screen':
      return compileScreen(leaf)
    case 'date':
      return compileDate(leaf)
    case 'weekday':
      return compileWeekday(leaf)
    case 'hour':
      return compileHour(leaf)
    case 'prediction':
    case 'weather':
    case 'live':
      return LATER
    case 'chat':
      return compileChat(leaf)
    case 'chatRating':
      return compileChatRating(leaf)
    case 'leadState':
    case 'potential':
      return compileLead(leaf)
  }
}
