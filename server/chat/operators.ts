import type { OwnPresence, Presence, PresenceDraft } from '#protocol/chat-channels.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Bus } from '../core/bus.ts'
import type { Database } from '../db/database.ts'
import { listUnanswered } from './assignment-store.ts'
import { findChannel } from './channel-store.ts'
import type { ChatFacts } from './facts.ts'
import type { Handle } from './log-store.ts'
import {
  findMember,
  findPresence,
  listSeats,
  updateSeat,
  upsertPresence,
} from './operator-store.ts'
import { presenceOf } from './presence.ts'
import type { Routing } from './routing.ts'
import type { Do } from './say.ts'
import { idText } from './shown.ts'

/** A member at the console of a shop. */
export interface AtConsole {
  readonly shopId: number
  readonly memberId: number
}

export interface Operators {
  readonly own: (who: AtConsole) => Promise<OwnPresence>
  /** A member by the name that visitors are shown. */
  readonly named: (
    memberId: number,
  ) => Promise<{ readonly id: number; readonly name: string; readonly publicId: string }>
  readonly presenceOf: (who: AtConsole) => Promise<Presence>
  readonly setOwn: (who: AtConsole, draft: PresenceDraft) => Promise<OwnPresence>
  /** There was input. Who comes back takes their seats again, where the channel says so. */
  readonly active: (who: AtConsole) => Promise<void>
  /** Takes a seat in a channel that has them for an operator, or leaves it. */
  readonly join: (who: AtConsole, channelId: string) => Promise<OwnPresence>
  readonly leave: (who: AtConsole, channelId: string) => Promise<OwnPresence>
  /** They are no operator of the channel any more, by its row: what they have not answered there goes to others. */
  readonly dismissed: (who: AtConsole, channelId: number) => Promise<void>
}

interface OperatorsDeps {
  readonly db: Database
  readonly now: Clock
  readonly bus: Bus<ChatFacts>
  readonly perform: Do
  readonly routing: Routing
}

export function createOperators({ db, now, bus, perform, routing }: OperatorsDeps): Operators {
  const handle: Handle = { sql: db.sql, t: db.t }

  async function own({ shopId, memberId }: AtConsole): Promise<OwnPresence> {
    const known = await findPresence(handle, shopId, memberId)
    const seats = await listSeats(handle, shopId, memberId)
    return {
      presence: presenceOf(known, now()),
      maxChats: known?.maxChats ?? null,
      channels: seats.map(({ publicId, name, seatedAt, wasIdle }) => ({
        id: idText(publicId),
        name,
        isSeated: seatedAt !== null,
        wasIdle: seatedAt === null && wasIdle,
      })),
    }
  }

  async function seat(who: AtConsole, channelId: string, isTaken: boolean): Promise<OwnPresence> {
    const { shopId, memberId } = who
    const channel = await findChannel(handle, shopId, Buffer.from(channelId, 'base64url'))
    await perform(shopId, async (doing) => {
      const isOperator =
        channel !== undefined &&
        (await updateSeat(
          doing,
          shopId,
          { channelId: channel.id, memberId },
          { seatedAt: isTaken ? doing.at : null, wasIdle: false },
        ))
      if (!isOperator) throw new Refusal('not_found', 'You are no operator of such a channel')
      await upsertPresence(doing, shopId, { memberId, activeAt: doing.at })
      if (isTaken) await routing.dispatch(doing, channel.id)
      else await giveUp({ perform: async (_, work) => work(doing), routing }, who, channel.id)
      doing.queueMoved(channel.id)
    })
    bus.publish('chat.presence_changed', who)
    return own(who)
  }

  return {
    own,

    async named(memberId) {
      const found = await findMember(handle, memberId)
      if (found === undefined) throw new Refusal('sign_in', 'Sign in first')
      return { id: memberId, name: found.alias ?? found.name, publicId: idText(found.publicId) }
    },

    async presenceOf({ shopId, memberId }) {
      return presenceOf(await findPresence(handle, shopId, memberId), now())
    },

    async setOwn(who, draft) {
      const { shopId, memberId } = who
      await perform(shopId, async (doing) => {
        await upsertPresence(doing, shopId, { ...draft, memberId, activeAt: doing.at })
        for (const { channelId, seatedAt } of await listSeats(doing, shopId, memberId)) {
          if (seatedAt === null) continue
          if (draft.presence === 'online') await routing.dispatch(doing, channelId)
          doing.queueMoved(channelId)
        }
      })
      bus.publish('chat.presence_changed', who)
      return own(who)
    },

    async active(who) {
      const { shopId, memberId } = who
      const before = presenceOf(await findPresence(handle, shopId, memberId), now())
      await perform(shopId, async (doing) => {
        await upsertPresence(doing, shopId, { memberId, activeAt: doing.at })
        // Also where something else that they did was sooner to tell of them.
        for (const one of await listSeats(doing, shopId, memberId)) {
          const { channelId, options, wasIdle, seatedAt } = one
          const isBack = wasIdle && options.rejoins
          const set = { seatedAt: doing.at, wasIdle: false }
          if (isBack) await updateSeat(doing, shopId, { channelId, memberId }, set)
          if (isBack || (seatedAt !== null && before === 'offline')) {
            await routing.dispatch(doing, channelId)
            doing.queueMoved(channelId)
          }
        }
      })
      if (before === 'offline') bus.publish('chat.presence_changed', who)
    },

    join: (who, channelId) => seat(who, channelId, true),
    leave: (who, channelId) => seat(who, channelId, false),

    async dismissed(who, channelId) {
      await perform(who.shopId, async (doing) => {
        await giveUp({ perform: async (_, work) => work(doing), routing }, who, channelId)
        doing.queueMoved(channelId)
      })
      bus.publish('chat.presence_changed', who)
    },
  }
}

/** What somebody who goes has not answered yet goes to somebody else. */
export async function giveUp(
  { perform, routing }: { readonly perform: Do; readonly routing: Routing },
  { shopId, memberId }: AtConsole,
  channelId?: number,
): Promise<void> {
  await perform(shopId, async (doing) => {
    for (const one of await listUnanswered(doing, { shopId, memberId })) {
      if (channelId !== undefined && one.channelId !== channelId) continue
      const when = { unansweredBy: memberId }
      const queued = await routing.takeBack(doing, one.conversationId, 'left', when)
      if (queued !== undefined) await routing.route(doing, queued)
    }
  })
}
