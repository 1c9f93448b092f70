import type { Choice } from '../ui/pick-field-model.ts'

/**
 * Every zone the browser knows, from west to east: “Bogota (GMT-5)”, found by its city, region and offset as well. `at`
 * decides about summer time.
 */
export function timeZoneChoices(language: string, at: number): readonly Choice[] {
  return Intl.supportedValuesOf('timeZone')
    .map((zone) => ({ zone, ...offsetOf(zone, language, at) }))
    .toSorted((one, other) => one.minutes - other.minutes || one.zone.localeCompare(other.zone))
    .map(({ zone, offset }) => ({
      value: zone,
      label: zone.replaceAll('_', ' ').split('/').slice(1).reverse().join(', ') || zone,
      note: offset,
      keywords: zone.replaceAll(/[/_]/g, ' '),
    }))
}

function offsetOf(
  timeZone: string,
  language: string,
  at: number,
): { readonly offset: string; readonly minutes: number } {
  const parts = new Intl.DateTimeFormat(language, {
    timeZone,
    timeZoneName: 'shortOffset',
  }).formatToParts(at)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /([+\-−])(\d+)(?::(\d+))?/.exec(offset) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return { offset, minutes: sign === '+' ? total : -total }
}
