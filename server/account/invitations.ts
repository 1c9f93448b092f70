import { MAX_INVITATIONS, type Invitation, type InvitationDraft } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { recordChange } from '../audit/service.ts'
import { Refusal } from '../core/errors.ts'
import { requireRecentSignIn } from '../core/member-guards.ts'
import type { Database } from '../db/database.ts'
import { newLink } from './account-links.ts'
import { forgetStrays } from './forget-members.ts'
import * as store from './link-store.ts'
import { findMember, findMemberByEmail } from './member-store.ts'
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
  /** Without the address: the log outlives those who are in it. */
  function noted({ by }: Actor, { publicId }: Pick<store.LinkRow, 'publicId'>) {
    const object = { kind: 'invitation', id: publicId.toString('base64url') }
    return { by, at: now(), object }
  }

  return {
    async invite(actor, { email, roles }) {
      requireRecentSignIn(actor, now())
      const { shop, memberId = null } = actor
      const { token, row } = newLink(
        { kind: 'invitation', shopId: shop.id, email, roles, invitedBy: memberId },
        now(),
      )
      const languages = await changingRoles(db, shop.id, async (handle) => {
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
        // The shop is held: nobody else invites meanwhile.
        if ((await store.listInvitations(handle, shop.id, now())).length >= MAX_INVITATIONS) {
          throw new Refusal(
            'conflict',
            `At most ${MAX_INVITATIONS} invitations wait: take one back`,
          )
        }
        await store.insertLink(handle, row)
        await recordChange(handle, shop.id, {
          ...noted(actor, row),
          action: 'invitation.made',
          before: null,
          after: { roles },
        })
        // Who has no account yet most likely speaks what the inviter does.
        const inviter = memberId === null ? undefined : await findMember(handle, memberId)
        const own = [...(member?.languages ?? []), ...(inviter?.languages ?? [])]
        return [...own, ...shop.languages]
      })
      const mail = { kind: 'invitation', to: email, token, shop, languages } as const
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
        await recordChange(handle, shopId, {
          ...noted(actor, { publicId: bytes }),
          action: 'invitation.revoked',
          before: { roles: gone.roles },
          after: null,
        })
        const invited = await findMemberByEmail(handle, gone.email ?? '')
        if (invited !== undefined) await forgetStrays(handle, [invited.id], now())
      })
    },
  }
}

function shown({ publicId, email, roles, createdAt, expiresAt }: store.LinkRow): Invitation {
  return { id: publicId.toString('base64url'), email: email ?? '', roles, createdAt, expiresAt }
}
