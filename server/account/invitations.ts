import type { Invitation, InvitationDraft } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import { requireRecentSignIn } from '../core/member-guards.ts'
import type { Database } from '../db/database.ts'
import { newLink } from './account-links.ts'
import * as store from './link-store.ts'
import { findMemberByEmail } from './member-store.ts'
import { requireMayGrant, type Actor } from './memberships.ts'
import { changingRoles, listRolesOf } from './role-store.ts'
import type { SendMail } from './send-mail.ts'

export interface Invitations {
  /** The newest invitation of an address takes the place of those before. `token` is seen this once. */
  readonly invite: (
    actor: Actor,
    draft: InvitationDraft,
  ) => Promise<Invitation & { readonly token: string; readonly isMailed: boolean }>
  readonly list: (shopId: number) => Promise<Invitation[]>
  readonly revoke: (actor: Actor, publicId: string) => Promise<void>
}

interface InvitationsDeps {
  readonly db: Database
  readonly now: Clock
  readonly sendMail: SendMail
}

export function createInvitations({ db, now, sendMail }: InvitationsDeps): Invitations {
  return {
    async invite(actor, { email, roles }) {
      requireRecentSignIn(actor, now())
      const { shop, memberId = null } = actor
      const { token, row } = newLink(
        { kind: 'invitation', shopId: shop.id, email, roles, invitedBy: memberId },
        now(),
      )
      await changingRoles(db, shop.id, async (handle) => {
        await requireMayGrant(handle, actor, roles)
        const member = await findMemberByEmail(handle, email)
        const held = member === undefined ? [] : await listRolesOf(handle, shop.id, member.id)
        if (held.length > 0) throw new Refusal('conflict', `${email} is a member: change the roles`)
        const former = await store.deleteInvitationsTo(handle, shop.id, email)
        await requireMayGrant(
          handle,
          actor,
          former.flatMap((invitation) => invitation.roles),
        )
        await store.insertLink(handle, row)
      })
      const mail = { kind: 'invitation', to: email, token, shopName: shop.name } as const
      return { ...shown(row), token, isMailed: await sendMail(mail) }
    },

    async list(shopId) {
      return (await store.listInvitations(db, shopId, now())).map(shown)
    },

    async revoke(actor, publicId) {
      const { id: shopId } = actor.shop
      await changingRoles(db, shopId, async (handle) => {
        const bytes = Buffer.from(publicId, 'base64url')
        const gone = await store.deleteInvitation(handle, shopId, bytes)
        if (gone === undefined) throw new Refusal('not_found', 'There is no such invitation')
        await requireMayGrant(handle, actor, gone.roles)
      })
    },
  }
}

function shown({ publicId, email, roles, createdAt, expiresAt }: store.LinkRow): Invitation {
  return { id: publicId.toString('base64url'), email: email ?? '', roles, createdAt, expiresAt }
}
