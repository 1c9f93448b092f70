import type { ShopAnswer, ShopSettings } from '#protocol/shop.ts'
import type { Refused } from '../api.ts'
import { formFault, type FormFault } from './faults.ts'

/** The part of a shop's settings that one form shows. */
export type ShopFields = Pick<ShopSettings, 'name' | 'currency' | 'timeZone'>

/** What a change always says; the rest may be left out, and stays as it is. */
export function basicsOf({ name, consentMode, currency, timeZone }: ShopAnswer): ShopSettings {
  return { name, consentMode, currency, timeZone }
}

/** In months; null keeps everything. */
const RETENTIONS = [null, 3, 6, 12, 18, 24, 36, 60, 120]

/** With what is set, whoever set it to what. */
export function retentionChoices(present: number | null): readonly (number | null)[] {
  return [...new Set([...RETENTIONS, present])].toSorted((one, other) => (one ?? 0) - (other ?? 0))
}

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
