import '../snippet.ts'
import { attempt } from '../log.ts'

/** A command of ours, now or once the tag has come; nothing of it is thrown into the page. */
export function toGp(name: string, ...args: unknown[]): void {
  attempt(() => (window as unknown as { gp: (...call: unknown[]) => unknown }).gp(name, ...args))
}

/** What a page gave to be called: its own faults are its own, and told as such. */
export function hear(
  event: string,
  heard: (told: Readonly<Record<string, unknown>>) => void,
): void {
  toGp('on', event, heard)
}

/** Whoever has an id, with what of the traits is text: nobody becomes the customer `undefined`. */
export function identify(id: unknown, traits: Readonly<Record<string, unknown>>): void {
  if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) return
  const texts: Record<string, string> = {}
  for (const name of Object.keys(traits)) {
    const value = traits[name]
    if (typeof value === 'string' && value !== '') texts[name] = value
  }
  toGp('identify', String(id), texts)
}
