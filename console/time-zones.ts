import { withPresent, type Choice } from './choices.ts'
import type { Choice as Pick } from './ui/pick-field-model.ts'

/** All zones that the browser knows, with `present` among them, by name: “America/Bogota · GMT-5”, for a list that drops down. */
export function timeZoneOptions(language: string, present: string, at: number): readonly Choice[] {
  return zonesAt(language, present, at).map(({ zone, offset }) => {
    const name = zone.replaceAll('_', ' ')
    return { value: zone, label: offset === '' ? name : `${name} · ${offset}` }
  })
}

/**
 * The same from west to east: “Bogota (GMT-5)”, found by its city, region and offset as well. `at` decides about summer
 * time.
 */
export function timeZoneChoices(language: string, present: string, at: number): readonly Pick[] {
  return zonesAt(language, present, at)
    .toSorted((one, other) => one.minutes - other.minutes)
    .map(({ zone, offset }) => ({
      value: zone,
      label: zone.replaceAll('_', ' ').split('/').slice(1).reverse().join(', ') || zone,
      note: offset,
      keywords: zone.replaceAll(/[/_]/g, ' '),
    }))
}

function zonesAt(language: string, present: string, at: number) {
  return withPresent(['UTC', ...Intl.supportedValuesOf('timeZone')], present).map((zone) => ({
    zone,
    ...offsetOf(zone, language, at),
  }))
}

/** None where the browser does not know the zone. */
function offsetOf(
  timeZone: string,
  language: string,
  at: number,
): { readonly offset: string; readonly minutes: number } {
  const offset = offsetText(timeZone, language, at)
  const [, sign = '+', hours = '0', minutes = '0'] = /([+\-−])(\d+)(?::(\d+))?/.exec(offset) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return { offset, minutes: sign === '+' ? total : -total }
}

function offsetText(timeZone: string, language: string, at: number): string {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'shortOffset' })
    return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  } catch {
    // The server may know one that this browser does not.
    return ''
  }
}
