import type { Bus } from '../core/bus.ts'
import type { Database } from '../db/database.ts'
import { listUnanswered } from './assignment-store.ts'
import { findChannelRow } from './channel-store.ts'
import type { ChatFacts } from './facts.ts'
import type { Handle } from './log-store.ts'
import { giveUp } from './operators.ts'
import { listIdle, listSeats, unseatIdle } from './operator-store.ts'
import type { Routing } from './routing.ts'
import type { Do } from './say.ts'

interface SweepDeps {
  readonly db: Database
  readonly now: () => number
  readonly bus: Bus<ChatFacts>
  readonly perform: Do
  readonly routing: Routing
}

/** No channel offers sooner again; beyond it the channel's own setting is asked. */
const SOONEST_MS = 15_000

/** What time alone changes. Every node does it: whoever comes second finds nothing to do. */
export async function sweep(deps: SweepDeps): Promise<void> {
  const { db, now, bus, perform } = deps
  const handle: Handle = { sql: db.sql, t: db.t }
  for (const who of await listIdle(handle, now())) {
    const { shopId, memberId } = who
    const isGone = await perform(shopId, async (doing) => {
      const seats = await listSeats(doing, shopId, memberId)
      const hasLeft = await unseatIdle(doing, shopId, memberId)
      for (const { channelId } of hasLeft ? seats : []) doing.queueMoved(channelId)
      return hasLeft
    })
    if (!isGone) continue
    await giveUp(deps, who)
    bus.publish('chat.presence_changed', who)
  }
  await offerAgain(deps, handle)
}

/** What was not answered for so long goes to somebody else, if there is anybody. */
async function offerAgain({ now, perform, routing }: SweepDeps, handle: Handle): Promise<void> {
  const at = now()
  for (const one of await listUnanswered(handle, { assignedBefore: at - SOONEST_MS })) {
    const { shopId, conversationId, channelId, memberId, assignedAt } = one
    const seconds = (await findChannelRow(handle, shopId, channelId))?.options.offerAgainSeconds
    if (memberId === null || seconds == null || at - assignedAt < seconds * 1_000) continue
    await perform(shopId, (doing) => routing.offerNext(doing, { conversationId, memberId }))
  }
}
