import type { ShopSettings } from '#protocol/shop.ts'
import type { Refused } from '../api.ts'
import { formFault, type FormFault } from './faults.ts'

/** The part of a shop's settings that one form shows. */
export type ShopFields = Pick<ShopSettings, 'name' | 'currency' | 'timeZone'>

export function faultInShop({ name }: ShopFields): FormFault | undefined {
  return name.trim() === '' ? { field: 'name', message: 'settings.fault.name' } : undefined
}

/** Currencies and zones that the browser knows and the server does not are named in the refusal's text alone. */
export function faultOfShop(refused: Refused): FormFault {
  const { refusal, detail } = refused
  if (refusal === 'bad_request' && detail.includes('is no time zone')) {
    return { field: 'timeZone', message: 'settings.fault.time_zone' }
  }
  if (refusal === 'bad_request' && detail.includes('is no currency')) {
    return { field: 'currency', message: 'settings.fault.currency' }
  }
  return formFault(refused, {
    name: 'settings.fault.name',
    currency: 'settings.fault.currency',
    timeZone: 'settings.fault.time_zone',
  })
}
