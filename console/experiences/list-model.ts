import type { Experience } from '#protocol/experiences.ts'

/** As people speak of it: what is set to run later is scheduled. */
export const SHOWN_STATES = ['active', 'scheduled', 'draft', 'paused', 'ended', 'archived'] as const
export type ShownState = (typeof SHOWN_STATES)[number]
export const LIST_FILTERS = ['all', ...SHOWN_STATES] as const
export type ListFilter = (typeof LIST_FILTERS)[number]

export function shownState(
  { state, startsAt }: Pick<Experience, 'state' | 'startsAt'>,
  now: number,
): ShownState {
  return state === 'active' && startsAt !== null && startsAt > now ? 'scheduled' : state
}

/** The greatest priority first; of equals, the one that pages would show first. */
export function inOrder(experiences: readonly Experience[]): Experience[] {
  return experiences.toSorted((a, b) => b.priority - a.priority || Number(a.id) - Number(b.id))
}

/** What is archived is seen only where it is asked for. */
export function found(
  experiences: readonly Experience[],
  { filter, text, now }: { readonly filter: ListFilter; readonly text: string; now: number },
): Experience[] {
  const wanted = text.trim().toLocaleLowerCase()
  return inOrder(experiences).filter((one) => {
    const state = shownState(one, now)
    const isWanted = filter === 'all' ? state !== 'archived' : state === filter
    return isWanted && `${one.name} ${one.key}`.toLocaleLowerCase().includes(wanted)
  })
}

interface Ranked {
  readonly id: string
  readonly priority: number
}

const MOST = 1_000

/**
 * The priorities that change where `id` goes to place `to` of `ordered`: its own alone where there is room between its
 * neighbours, else everybody's, by tens where that fits.
 */
export function movedPriorities(ordered: readonly Ranked[], id: string, to: number): Ranked[] {
  const moved = ordered.find((one) => one.id === id)
  if (moved === undefined) return []
  const others = ordered.filter((one) => one.id !== id)
  const above = others[to - 1]?.priority ?? Math.min(MOST + 1, (others[to]?.priority ?? 0) + 20)
  const below = others[to]?.priority ?? -1
  const between = Math.ceil((above + below) / 2)
  if (between < above && between > below) return [{ id, priority: between }]
  const after = [...others.slice(0, to), moved, ...others.slice(to)]
  const step = after.length <= MOST / 10 ? 10 : 1
  return after
    .map((one, at) => ({ id: one.id, priority: (after.length - 1 - at) * step }))
    .filter((one) => ordered.find(({ id: of }) => of === one.id)?.priority !== one.priority)
}
