import { eventNamesBehind, type FactKey } from '../events/service.ts'
import type { KnownExperience } from './known-experience.ts'

/** More would cost pages more than it tells them. */
const MAX_WATCHED = 50

/** Under which names pages send events that may change what is shown, those of triggers first. */
export function watchedNames(
  active: readonly Pick<KnownExperience, 'targeting' | 'triggers' | 'tellsCart'>[],
  audienceReads: ReadonlyMap<string, ReadonlySet<FactKey>>,
): readonly string[] {
  const names = new Set<string>()
  const facts = new Set<FactKey>()
  for (const { targeting, triggers, tellsCart } of active) {
    for (const one of triggers) if (one.on === 'event') names.add(one.name)
    if (tellsCart) facts.add('cart')
    for (const key of targeting.reads) facts.add(key)
  }
  // A set that grows while it is walked: audiences ask for audiences.
  for (const key of facts) {
    if (!key.startsWith('audience:')) continue
    for (const read of audienceReads.get(key.slice('audience:'.length)) ?? []) facts.add(read)
  }
  for (const key of facts) for (const name of eventNamesBehind(key)) names.add(name)
  return [...names].slice(0, MAX_WATCHED)
}
