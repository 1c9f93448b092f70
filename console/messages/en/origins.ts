import type { Texts } from '../texts.ts'

export const origins = {
  'origin.title': 'Origins',
  'origin.intro': 'The sites that may send events with this shop’s public key.',
  'origin.none.title': 'Any site may send events with this shop’s key',
  'origin.none.text': 'From the first origin you list, browsers on any other site are refused.',
  'origin.field': 'Address of your shop',
  'origin.hint': 'https://*.myshop.com stands for every host below myshop.com.',
  'origin.add': 'Add origin',
  'origin.added': '{origin} may send events',
  'origin.listed': '{origin} is listed already',
  'origin.fault': 'Write it like https://myshop.com, or https://*.myshop.com.',
  'origin.list': 'Listed origins',
  'origin.column': 'Origin',
  'origin.since': 'Added',
  'origin.remove': 'Remove',
  'origin.removed': '{origin} may no longer send events',
  'origin.removed_last': '{origin} is removed. Now any site may send events.',
} as const satisfies Texts
