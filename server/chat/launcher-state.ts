import type { Launcher } from '#protocol/chat-answers.ts'
import type { Clock } from '../core/clock.ts'
import type { Place } from '../core/country.ts'
import type { Database } from '../db/database.ts'
import { findSelected, type ChannelRow } from './channel-store.ts'
import { findDemoChannel, isDemoPage } from './demo-channel.ts'
import { isOpenAt } from './hours.ts'
import type { ReadyRule } from './match-rules.ts'
import { listSeated } from './operator-store.ts'
import { pageState, pathOf } from './page-state.ts'
import { readyRows } from './ready-rules.ts'
import { listRules } from './rule-store.ts'
import { idText } from './shown.ts'

/** What the answer to events says of the launcher; undefined: the page has no chat. */
export type LauncherState = (page: LauncherPage) => Promise<Launcher | undefined>

interface LauncherPage {
  readonly shopId: number
  readonly pageUrl: string
  /** Consent allows more than its path. */
  readonly isWhole: boolean
  /** The visitor's; undefined: a server's, whose country is nobody's. */
  readonly address: string | undefined
}

/** What is the same for all pages of a shop for some seconds. */
interface Stand {
  readonly channel: ChannelRow
  readonly isAnyoneThere: boolean
  readonly rules: readonly ReadyRule[]
}

type StandOf = (shopId: number) => Promise<Stand | undefined>

interface LauncherStateDeps {
  readonly db: Database
  readonly now: Clock
  readonly lookUpPlace: (address: string) => Place
}

/** Every page view asks. */
const KEPT_MS = 5_000
const MAX_SHOPS = 10_000

export function createLauncherState({ db, now, lookUpPlace }: LauncherStateDeps): LauncherState {
  const ofShop = keeping(now, (shopId) => read(shopId, findSelected))
  const ofDemo = keeping(now, (shopId) => read(shopId, findDemoChannel))

  async function read(shopId: number, find: typeof findSelected): Promise<Stand | undefined> {
    const channel = await find(db, shopId)
    if (channel === undefined) return undefined
    const { id, options } = channel
    const at = now()
    const seated = isOpenAt(options.hours, at) ? await listSeated(db, shopId, id, at) : []
    const rules = readyRows(await listRules(db, shopId, id))
    return { channel, isAnyoneThere: seated.length > 0, rules }
  }

  // The shop's own first: it may have pages where the demo has its. The demo's name their channel themselves.
  return async ({ shopId, pageUrl, isWhole, address }) => {
    const stand = (await ofShop(shopId)) ?? (isDemoPage(pageUrl) ? await ofDemo(shopId) : undefined)
    if (stand === undefined) return undefined
    const { channel, isAnyoneThere, rules } = stand
    const state = pageState(
      { options: channel.options, rules },
      {
        path: pathOf(pageUrl, isWhole),
        country: address === undefined ? undefined : lookUpPlace(address).country,
        isSomebodyAvailable: isAnyoneThere,
      },
    )
    const { match: _, action: __, ...told } = state
    return { channelId: idText(channel.publicId), isAnyoneThere, ...told }
  }
}

function keeping(now: Clock, read: StandOf): StandOf {
  const kept = new Map<number, { readonly until: number; readonly stand: ReturnType<StandOf> }>()

  return (shopId) => {
    const at = now()
    const known = kept.get(shopId)
    if (known !== undefined && known.until > at) return known.stand
    if (kept.size >= MAX_SHOPS) kept.clear()
    const stand = read(shopId)
    kept.set(shopId, { until: at + KEPT_MS, stand })
    stand.catch(() => kept.delete(shopId))
    return stand
  }
}
