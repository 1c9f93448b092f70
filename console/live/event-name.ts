import type { LiveEvent } from '#protocol/sockets.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import type { Words } from '../words.ts'

/** What a row calls the event: its own name, or what its type means. */
export function eventName(
  { name, type }: Pick<StoredEventAnswer, 'name' | 'type'> | LiveEvent,
  { t }: Pick<Words, 't'>,
): string {
  return name ?? t(`event.${type}`)
}

/** The part of an address that tells pages of one shop apart. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url
  const { pathname, search, hash } = new URL(url)
  return `${pathname}${search}${hash}`
}
