import type { Audience } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'

/** Something that asks for an audience. */
export interface Asker {
  readonly kind: 'experience' | 'audience'
  readonly id: string
  readonly name: string
}

interface Asking {
  readonly id: string
  readonly name: string
  readonly condition: Condition
}

/** Who asks for each audience, by its id. */
export function askersOf(
  audiences: readonly Pick<Audience, 'id' | 'name' | 'condition'>[],
  experiences: readonly {
    readonly id: string
    readonly name: string
    readonly targeting: Condition
  }[],
): ReadonlyMap<string, readonly Asker[]> {
  const found = new Map<string, Asker[]>()
  const note = (kind: Asker['kind'], { id, name, condition }: Asking) => {
    for (const audienceId of audiencesIn(condition)) {
      const askers = found.get(audienceId) ?? []
      askers.push({ kind, id, name })
      found.set(audienceId, askers)
    }
  }
  for (const { id, name, targeting } of experiences) {
    note('experience', { id, name, condition: targeting })
  }
  for (const audience of audiences) note('audience', audience)
  return found
}

/** Ids of the audiences that a condition asks for. */
function audiencesIn(condition: Condition): ReadonlySet<string> {
  if (condition.kind === 'audience') return new Set([condition.audienceId])
  if (condition.kind === 'not') return audiencesIn(condition.of)
  if (condition.kind !== 'all' && condition.kind !== 'any') return new Set()
  return new Set(condition.of.flatMap((part) => [...audiencesIn(part)]))
}

/** “Regulars (2)”: a name for a copy that nobody has. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2; ; number += 1) {
    const free = `${name} (${number})`
    if (!taken.includes(free)) return free
  }
}
