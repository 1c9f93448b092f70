import type { Experience } from '#protocol/experiences.ts'
import type { ListedOrigin, ShopSettings } from '#protocol/shop.ts'

/** In their order. */
export const STEPS = ['shop', 'origin', 'snippet', 'experience'] as const
export type StepName = (typeof STEPS)[number]

export interface Step {
  readonly name: StepName
  readonly isDone: boolean
}

/** What the server knows of the shop; what is undefined was not read yet. */
export interface ShopState {
  readonly settings: ShopSettings | undefined
  readonly origins: readonly ListedOrigin[] | undefined
  readonly experiences: readonly Pick<Experience, 'key' | 'state'>[] | undefined
  /** An event of the shop's own pages has arrived. */
  readonly hasEvent: boolean
}

/** What the first start calls the shop that it makes (server/account). */
const UNNAMED = 'My shop'
/** Those that run in the demo shop alone (server/experiences/demo.ts). */
const DEMO = /^demo-/

/** Nothing of it is remembered: what is done shows in the shop itself, on whatever device somebody goes on. */
export function stepsOf({ settings, origins, experiences, hasEvent }: ShopState): Step[] {
  const isDone: Readonly<Record<StepName, boolean>> = {
    shop: settings !== undefined && isNamed(settings),
    origin: origins !== undefined && origins.length > 0,
    snippet: hasEvent,
    experience: experiences?.some(isRunning) === true,
  }
  return STEPS.map((name) => ({ name, isDone: isDone[name] }))
}

/** The one that is looked at: as the address says, else the first that is not done; `done`: there is none. */
export function stepAt(steps: readonly Step[], wanted: string | null): StepName | 'done' {
  if (wanted === 'done') return 'done'
  const named = STEPS.find((name) => name === wanted)
  return named ?? steps.find(({ isDone }) => !isDone)?.name ?? 'done'
}

/** The one behind it, done or not: somebody who goes back wants to see it. */
export function stepAfter(name: StepName): StepName | 'done' {
  return STEPS[STEPS.indexOf(name) + 1] ?? 'done'
}

/** Somebody has said what it is called. */
export function isNamed({ name }: Pick<ShopSettings, 'name'>): boolean {
  return name !== UNNAMED
}

/** The one that was made last. */
export function newestRunning<One extends Pick<Experience, 'key' | 'state' | 'createdAt'>>(
  experiences: readonly One[],
): One | undefined {
  return experiences.filter(isRunning).toSorted((a, b) => b.createdAt - a.createdAt)[0]
}

function isRunning({ key, state }: Pick<Experience, 'key' | 'state'>): boolean {
  return state === 'active' && !DEMO.test(key)
}
