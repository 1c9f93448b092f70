import type { Launcher } from '#protocol/chat-answers.ts'
import type { Clock } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { findSelected } from './channel-store.ts'
import { findDemoChannel, isDemoPage } from './demo-channel.ts'
import { isOpenAt } from './hours.ts'
import { isLauncherShown } from './launcher.ts'
import { listSeated } from './operator-store.ts'
import { idText } from './shown.ts'

/** What the answer to events says of the launcher; undefined: the page has no chat. */
export type LauncherState = (page: {
  readonly shopId: number
  readonly pageUrl: string
}) => Promise<Launcher | undefined>

type StateOf = (shopId: number) => Promise<Launcher | undefined>

interface LauncherStateDeps {
  readonly db: Database
  readonly now: Clock
}

/** Every page view asks: it is the same for all of a shop for so long. */
const KEPT_MS = 5_000
const MAX_SHOPS = 10_000

export function createLauncherState({ db, now }: LauncherStateDeps): LauncherState {
  const ofShop = keeping(now, (shopId) => read(shopId, findSelected))
  const ofDemo = keeping(now, (shopId) => read(shopId, findDemoChannel))

  async function read(shopId: number, find: typeof findSelected): Promise<Launcher | undefined> {
    const channel = await find(db, shopId)
    if (channel === undefined) return undefined
    const at = now()
    const { id, publicId, options } = channel
    const seated = isOpenAt(options.hours, at) ? await listSeated(db, shopId, id, at) : []
    const isAnyoneThere = seated.length > 0
    const isShown = isLauncherShown(options, isAnyoneThere)
    return { channelId: idText(publicId), isShown, isAnyoneThere }
  }

  // The shop's own first: it may have pages where the demo has its. The demo's name their channel themselves.
  return async ({ shopId, pageUrl }) =>
    (await ofShop(shopId)) ?? (isDemoPage(pageUrl) ? ofDemo(shopId) : undefined)
}

function keeping(now: Clock, read: StateOf): StateOf {
  const kept = new Map<number, { readonly until: number; readonly state: ReturnType<StateOf> }>()

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
