import type { Launcher } from '#protocol/chat-answers.ts'
import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { findSelected } from './channel-store.ts'
import { isOpenAt } from './hours.ts'
import { isLauncherShown } from './launcher.ts'
import { listSeated } from './operator-store.ts'
import { idText } from './shown.ts'

/** What the answer to events says of the launcher; undefined: the shop has no chat on. */
export type LauncherState = (shopId: number) => Promise<Launcher | undefined>

/** Every page view asks: it is the same for all of a shop for so long. */
const KEPT_MS = 5_000
const MAX_SHOPS = 10_000

export function createLauncherState({
  db,
  now,
}: {
  readonly db: Database
  readonly now: Clock
}): LauncherState {
  const kept = new Map<
    number,
    { readonly until: number; readonly state: ReturnType<LauncherState> }
  >()

  async function read(shopId: number): Promise<Launcher | undefined> {
    const channel = await findSelected(db, shopId)
    if (channel === undefined) return undefined
    const at = now()
    const { id, publicId, options } = channel
    const seated = isOpenAt(options.hours, at) ? await listSeated(db, shopId, id, at) : []
    const isAnyoneThere = seated.length > 0
    const isShown = isLauncherShown(options, isAnyoneThere)
    return { channelId: idText(publicId), isShown, isAnyoneThere }
  }

  return (shopId) => {
    const at = now()
    const known = kept.get(shopId)
    if (known !== undefined && known.until > at) return known.state
    if (kept.size >= MAX_SHOPS) kept.clear()
    const state = read(shopId)
    kept.set(shopId, { until: at + KEPT_MS, state })
    state.catch(() => kept.delete(shopId))
    return state
  }
}
