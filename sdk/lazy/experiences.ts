import { createDirector, type Director } from '../experiences/director.ts'
import type { LazyHost } from '../lazy.ts'
import type { Outcome } from '../types.ts'

const directors = new WeakMap<LazyHost, Director>()

/** Shows what the server says may be shown; with a command, the experience of that key, or no longer. */
export function start(
  host: LazyHost,
  command?: 'show' | 'dismiss',
  key = '',
): Promise<Outcome> | undefined {
  const director = directors.get(host) ?? createDirector(host)
  directors.set(host, director)
  return command && inWords(host, director[command](key), key)
}

/** A page that asks whether it may show something is no developer's mistake, so the console says nothing. */
async function inWords(
  { chunk }: LazyHost,
  asked: Promise<Outcome>,
  key: string,
): Promise<Outcome> {
  const outcome = await asked
  if (outcome.ok) return outcome
  const { explain } = (await chunk('words')) as {
    explain: (reason: string, about: string) => Outcome
  }
  return explain(outcome.reason, key)
}
