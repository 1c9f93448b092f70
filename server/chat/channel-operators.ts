import {
  CHANNEL_LIMITS,
  type ChannelInvitation,
  type ChannelOperator,
} from '#protocol/chat-channels.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { ANSWERING, holdSettings, type Handle } from './managed-channel-store.ts'
import { note, requireChannel, type Asker, type ChannelsDeps } from './channels.ts'
import * as store from './channel-operator-store.ts'
import { answerInDemo } from './demo-channel.ts'
import { presenceOf } from './presence.ts'

type Present = Pick<
  Awaited<ReturnType<typeof store.listOperators>>[number],
  'presence' | 'activeAt'
>

/** Who answers in a channel. */
export interface ChannelOperators {
  readonly list: (shopId: number, channelId: string, asker: Asker) => Promise<ChannelOperator[]>
  /** All of them or none; who is one already stays one. Refuses those whose roles do not let them answer. */
  readonly add: (
    shopId: number,
    channelId: string,
    memberIds: readonly string[],
    by: Actor,
  ) => Promise<ChannelOperator[]>
  readonly remove: (shopId: number, channelId: string, memberId: string, by: Actor) => Promise<void>
  readonly invitations: (shopId: number, channelId: string) => Promise<ChannelInvitation[]>
  /** Whoever accepts that invitation into the shop is an operator here from then on. */
  readonly invite: (
    shopId: number,
    channelId: string,
    invitationId: string,
    by: Actor,
  ) => Promise<ChannelInvitation>
  /** They join the shop, and this channel no more. */
  readonly withdraw: (
    shopId: number,
    channelId: string,
    invitationId: string,
    by: Actor,
  ) => Promise<void>
  /** In the transaction in which somebody accepts an invitation into the shop, or becomes its first owner. */
  readonly accepted: (
    handle: Handle,
    shopId: number,
    joined: {
      readonly memberId: number
      readonly invitationId: Buffer
      readonly isFirstOwner: boolean
    },
  ) => Promise<void>
}

export interface ChannelOperatorsDeps extends ChannelsDeps {
  /** Told once somebody is no operator of a channel any more, by its row. */
  readonly whenRemoved: (
    who: { readonly shopId: number; readonly memberId: number },
    channelId: number,
  ) => Promise<void>
}

export function createChannelOperators(deps: ChannelOperatorsDeps): ChannelOperators {
  const { db, now, whenRemoved } = deps

  async function list(shopId: number, channelId: string, asker: Asker): Promise<ChannelOperator[]> {
    const { id } = await requireChannel(db, shopId, channelId, asker)
    const rows = await store.listOperators(db, shopId, id)
    const chats = await store.activeChatsOf(
      db,
      shopId,
      rows.map((row) => row.id),
    )
    return rows.map((row) => ({
      memberId: row.publicId.toString('base64url'),
      name: row.name,
      alias: row.alias,
      hasPhoto: row.photoOf !== null,
      isSeated: row.seatedAt !== null,
      presence: presenceIn(row),
      activeChats: chats.get(row.id) ?? 0,
    }))
  }

  function presenceIn({ presence, activeAt }: Present) {
    const isKnown = presence !== null && activeAt !== null
    return presenceOf(isKnown ? { presence, activeAt } : undefined, now())
  }

  async function requireInvitation(handle: Handle, shopId: number, invitationId: string) {
    const publicId = Buffer.from(invitationId, 'base64url')
    const link = await store.findInvitation(handle, shopId, { publicId, now: now() })
    if (link === undefined) throw new Refusal('not_found', 'There is no such invitation')
    return link
  }

  /** One transaction, with nobody else changing who answers in the shop. */
  function changing<T>(shopId: number, change: (handle: Handle) => Promise<T>): Promise<T> {
    return db.transaction(async (sql) => {
      const handle = { sql, t: db.t }
      await holdSettings(handle, shopId)
      return change(handle)
    })
  }

  async function requireRoom(handle: Handle, shopId: number, channelId: number): Promise<void> {
    const many = await store.countOperators(handle, shopId, channelId)
    if (many <= CHANNEL_LIMITS.operators) return
    throw new Refusal('conflict', `A channel has at most ${CHANNEL_LIMITS.operators} operators`)
  }

  return {
    list,

    async add(shopId, channelId, memberIds, by) {
      await changing(shopId, async (handle) => {
        const { id } = await requireChannel(handle, shopId, channelId)
        const found: number[] = []
        for (const memberId of new Set(memberIds)) {
          const member = await store.findMember(handle, shopId, Buffer.from(memberId, 'base64url'))
          if (member === undefined) throw new Refusal('not_found', 'The shop has no such member')
          if (!member.mayAnswer) {
            throw new Refusal('conflict', 'A host answers no chats: give them the role operator')
          }
          found.push(member.id)
        }
        const added = { channelId: id, memberIds: found, createdAt: now() }
        const made = await store.insertOperators(handle, shopId, added)
        await requireRoom(handle, shopId, id)
        if (made.length === 0) return
        const changes = { before: null, after: { members: [...new Set(memberIds)] } }
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.operators_added',
        })
      })
      return list(shopId, channelId, { by, isOwnOnly: false })
    },

    async remove(shopId, channelId, memberId, by) {
      const removed = await changing(shopId, async (handle) => {
        const { id } = await requireChannel(handle, shopId, channelId)
        const member = await store.findMember(handle, shopId, Buffer.from(memberId, 'base64url'))
        const isGone =
          member !== undefined &&
          (await store.deleteOperator(handle, shopId, { channelId: id, memberId: member.id }))
        if (!isGone) throw new Refusal('not_found', 'They are no operator of this channel')
        const changes = { before: { member: memberId }, after: null }
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.operator_removed',
        })
        return { memberId: member.id, row: id }
      })
      await whenRemoved({ shopId, memberId: removed.memberId }, removed.row)
    },

    async invitations(shopId, channelId) {
      const { id } = await requireChannel(db, shopId, channelId)
      const rows = await store.listInvitations(db, shopId, { channelId: id, now: now() })
      return rows.map(({ publicId, email, expiresAt }) => {
        return { id: publicId.toString('base64url'), email: email ?? '', expiresAt }
      })
    },

    invite: (shopId, channelId, invitationId, by) =>
      changing(shopId, async (handle) => {
        const { id } = await requireChannel(handle, shopId, channelId)
        const link = await requireInvitation(handle, shopId, invitationId)
        if (!link.roles.some((role) => ANSWERING.includes(role))) {
          throw new Refusal('conflict', 'A host answers no chats: invite them as an operator')
        }
        const invited = { channelId: id, linkId: link.id, createdAt: now() }
        await store.insertInvitation(handle, shopId, invited)
        // Without the address: the log outlives those who are in it.
        const changes = { before: null, after: { invitation: invitationId } }
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.operators_added',
        })
        return { id: invitationId, email: link.email ?? '', expiresAt: link.expiresAt }
      }),

    withdraw: (shopId, channelId, invitationId, by) =>
      changing(shopId, async (handle) => {
        const { id } = await requireChannel(handle, shopId, channelId)
        const link = await requireInvitation(handle, shopId, invitationId)
        await store.deleteInvitation(handle, shopId, { channelId: id, linkId: link.id })
        const changes = { before: { invitation: invitationId }, after: null }
        await note(handle, shopId, {
          ...changes,
          by,
          at: now(),
          channelId,
          action: 'channel.operator_removed',
        })
      }),

    async accepted(handle, shopId, { memberId, invitationId, isFirstOwner }) {
      if (isFirstOwner) await answerInDemo(handle, shopId, { memberId, at: now() })
      for (const channelId of await store.takeInvitedTo(handle, shopId, invitationId)) {
        const added = { channelId, memberIds: [memberId], createdAt: now() }
        await store.insertOperators(handle, shopId, added)
      }
    },
  }
}
