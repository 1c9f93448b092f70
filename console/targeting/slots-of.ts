import type { Leaf, LeafKind } from '#protocol/leaf.ts'
import type { MessageKey } from '../messages/en.ts'
import * as chat from './leaves/chat.ts'
import * as person from './leaves/person.ts'
import * as products from './leaves/products.ts'
import * as surroundings from './leaves/surroundings.ts'
import * as visit from './leaves/visit.ts'
import type { Slots } from './slots.ts'

/** The sentence of each kind, a clause with a place for each of its slots. Without one, a kind can't be shown. */
export const LEAF_TEXTS = {
  pageSeen: 'leaf.pageSeen',
  page: 'leaf.page',
  source: 'leaf.source',
  visits: 'leaf.visits',
  visitor: 'leaf.visitor',
  timeOnSite: 'leaf.timeOnSite',
  orders: 'leaf.orders',
  spent: 'leaf.spent',
  averageOrder: 'leaf.averageOrder',
  ordered: 'leaf.ordered',
  cartValue: 'leaf.cartValue',
  cartQuantity: 'leaf.cartQuantity',
  cartItem: 'leaf.cartItem',
  item: 'leaf.item',
  event: 'leaf.event',
  eventAmount: 'leaf.eventAmount',
  affinity: 'leaf.affinity',
  audience: 'leaf.audience',
  list: 'leaf.list',
  customer: 'leaf.customer',
  customerSince: 'leaf.customerSince',
  customerAttribute: 'leaf.customerAttribute',
  rfm: 'leaf.rfm',
  consent: 'leaf.consent',
  consentChoice: 'leaf.consentChoice',
  place: 'leaf.place',
  device: 'leaf.device',
  screen: 'leaf.screen',
  date: 'leaf.date',
  weekday: 'leaf.weekday',
  hour: 'leaf.hour',
  prediction: 'leaf.prediction',
  weather: 'leaf.weather',
  live: 'leaf.live',
  chat: 'leaf.chat',
  chatRating: 'leaf.chatRating',
  leadState: 'leaf.leadState',
  potential: 'leaf.potential',
} as const satisfies Record<LeafKind, MessageKey>

/** False of what a newer server may send. */
export function isKnownLeaf(leaf: { readonly kind: string }): boolean {
  return Object.hasOwn(LEAF_TEXTS, leaf.kind)
}

/** What of a leaf can be filled otherwise, by its place in the sentence. */
export function slotsOf(leaf: Leaf): Slots {
  switch (leaf.kind) {
    case 'pageSeen':
      return visit.pageSeenSlots(leaf)
    case 'page':
      return visit.pageSlots(leaf)
    case 'source':
      return visit.sourceSlots(leaf)
    case 'visits':
      return visit.visitsSlots(leaf)
    case 'visitor':
      return visit.visitorSlots(leaf)
    case 'timeOnSite':
      return visit.timeOnSiteSlots(leaf)
    case 'orders':
      return products.ordersSlots(leaf)
    case 'spent':
      return products.spentSlots(leaf)
    case 'averageOrder':
      return products.averageOrderSlots(leaf)
    case 'ordered':
      return products.orderedSlots(leaf)
    case 'cartValue':
      return products.cartValueSlots(leaf)
    case 'cartQuantity':
      return products.cartQuantitySlots(leaf)
    case 'cartItem':
      return products.cartItemSlots(leaf)
    case 'item':
      return products.itemSlots(leaf)
    case 'affinity':
      return products.affinitySlots(leaf)
    case 'event':
      return person.eventSlots(leaf)
    case 'eventAmount':
      return person.eventAmountSlots(leaf)
    case 'audience':
      return person.audienceSlots(leaf)
    case 'list':
      return person.listSlots(leaf)
    case 'customer':
      return person.customerSlots(leaf)
    case 'customerSince':
      return person.customerSinceSlots(leaf)
    case 'customerAttribute':
      return person.customerAttributeSlots(leaf)
    case 'rfm':
      return person.rfmSlots(leaf)
    case 'consent':
      return person.consentSlots(leaf)
    case 'consentChoice':
      return person.consentChoiceSlots(leaf)
    case 'prediction':
      return person.predictionSlots(leaf)
    case 'live':
      return person.liveSlots(leaf)
    case 'chat':
      return chat.chatSlots(leaf)
    case 'chatRating':
      return chat.chatRatingSlots(leaf)
    case 'leadState':
      return chat.leadStateSlots(leaf)
    case 'potential':
      return chat.potentialSlots(leaf)
    case 'place':
      return surroundings.placeSlots(leaf)
    case 'device':
      return surroundings.deviceSlots(leaf)
    case 'screen':
      return products.screenSlots(leaf)
    case 'date':
      return surroundings.dateSlots(leaf)
    case 'weekday':
      return surroundings.weekdaySlots(leaf)
    case 'hour':
      return surroundings.hourSlots(leaf)
    case 'weather':
      return surroundings.weatherSlots(leaf)
  }
}
