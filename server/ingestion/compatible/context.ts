import type { Context } from '#protocol/events.ts'
import { deviceClassOf } from './device-class.ts'
import { cut, fieldsOf, textOf, type Fields } from './fields.ts'

const MAX_LOCALE_CHARS = 35
const MAX_ZONE_CHARS = 64
const MAX_USER_AGENT_CHARS = 500
const MAX_PIXELS = 100_000

/** What a session keeps of a client's context. */
export function contextOf(context: Fields, userAgent: string | undefined): Context {
  const { width, height, innerWidth, innerHeight } = fieldsOf(context.screen)
  const locale = textOf(context.locale)
  const timeZone = textOf(context.timezone)
  const screen = sizeOf(width, height)
  const viewport = sizeOf(innerWidth, innerHeight)
  const device = deviceClassOf(context, userAgent)
  return {
    ...(locale !== undefined && { locale: cut(locale, MAX_LOCALE_CHARS) }),
    ...(timeZone !== undefined && { timeZone: cut(timeZone, MAX_ZONE_CHARS) }),
    ...(screen !== undefined && { screen }),
    ...(viewport !== undefined && { viewport }),
    ...(device !== undefined && { device }),
  }
}

/**
 * The browser's user agent, whether it sent the request or a server that says whose it passes on. Undefined for a
 * server's own: its library is no browser, and no bot either.
 */
export function userAgentOf(context: Fields, header: string | undefined): string | undefined {
  const said = textOf(context.userAgent) ?? (header?.startsWith('Mozilla/') ? header : undefined)
  return said === undefined ? undefined : cut(said, MAX_USER_AGENT_CHARS)
}

function sizeOf(width: unknown, height: unknown): [number, number] | undefined {
  return isPixels(width) && isPixels(height) ? [width, height] : undefined
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= MAX_PIXELS
}
