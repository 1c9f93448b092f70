import type { DeviceClass } from '#protocol/names.ts'
import { familiesOf } from '../../core/user-agent.ts'
import { fieldsOf, textOf, type Fields } from './fields.ts'

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
  return userAgent === undefined ? undefined : familiesOf(userAgent).device
}
