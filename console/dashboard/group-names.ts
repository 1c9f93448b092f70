import type { SessionDimension } from '#protocol/figures.ts'
import { DEVICE_CLASSES } from '#protocol/names.ts'
import type { Words } from '../words.ts'

/** What a group of sessions is called. Whatever visitors brought along is text, and shown as it came. */
export function groupName(
  dimension: SessionDimension,
  name: string,
  { t, locale }: Pick<Words, 't' | 'locale'>,
): string {
  if (name === '')
    return t(dimension === 'campaign' ? 'dashboard.no_campaign' : 'dashboard.unknown')
  if (dimension === 'source' && name === 'direct / none') return t('dashboard.direct')
  if (dimension === 'device') {
    const device = DEVICE_CLASSES.find((known) => known === name)
    return device === undefined ? name : t(`dashboard.device.${device}`)
  }
  return dimension === 'country' ? countryName(name, locale) : name
}

/** A place whose code no reader's language knows keeps the code. */
function countryName(code: string, locale: string): string {
  if (!/^[A-Z]{2}$/i.test(code)) return code
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code
}
