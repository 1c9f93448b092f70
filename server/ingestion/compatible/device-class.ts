import type { DeviceClass } from '#protocol/names.ts'
import { fieldsOf, textOf, type Fields } from './fields.ts'

const TABLET = /ipad|tablet|playbook|silk(?!.*mobile)|android(?!.*mobile)/i
const PHONE = /mobi|iphone|ipod|android/i
/** What apps' clients call the device that they run on. */
const TYPES: Readonly<Record<string, DeviceClass>> = {
  tablet: 'tablet',
  phone: 'phone',
  mobile: 'phone',
  ios: 'phone',
  android: 'phone',
  desktop: 'desktop',
}

/** The kind of device by what the client says of it, else by its user agent; undefined for a server. */
export function deviceClassOf(
  context: Fields,
  userAgent: string | undefined,
): DeviceClass | undefined {
  const type = textOf(fieldsOf(context.device).type)?.toLowerCase()
  if (type !== undefined && Object.hasOwn(TYPES, type)) return TYPES[type]
  if (userAgent === undefined) return undefined
  if (TABLET.test(userAgent)) return 'tablet'
  if (PHONE.test(userAgent)) return 'phone'
  return userAgent.startsWith('Mozilla/') ? 'desktop' : undefined
}
