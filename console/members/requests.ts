import type { InvitationDraft, NewInvitation, Role, ShopMember } from '#protocol/account.ts'
import {
  INVITATION_PATH,
  INVITATIONS_PATH,
  MEMBER_PATH,
  MEMBER_ROLES_PATH,
  SHOP_MEMBERSHIP_PATH,
} from '#protocol/names.ts'
import { change, send, type Reply } from '../api.ts'

/** Takes the place of the address's invitations before: their links open nothing any more. */
export function invite(draft: InvitationDraft): Promise<Reply<NewInvitation>> {
  return send<NewInvitation>(INVITATIONS_PATH, draft)
}

export function revokeInvitation(invitationId: string): Promise<Reply<undefined>> {
  return change(
    'DELETE',
    INVITATION_PATH.replace(':invitationId', encodeURIComponent(invitationId)),
  )
}

/** `roles`: all that the member has from now on. */
export interface RolesChange {
  readonly memberId: string
  readonly roles: readonly Role[]
}

export function setRoles({ memberId, roles }: RolesChange): Promise<Reply<ShopMember>> {
  const path = MEMBER_ROLES_PATH.replace(':memberId', encodeURIComponent(memberId))
  return change<ShopMember>('PUT', path, { roles })
}

export function removeMember(memberId: string): Promise<Reply<undefined>> {
  return change('DELETE', MEMBER_PATH.replace(':memberId', encodeURIComponent(memberId)))
}

/** Gives up all one's own roles in the shop. */
export function leaveShop(shopKey: string): Promise<Reply<undefined>> {
  return change('DELETE', SHOP_MEMBERSHIP_PATH.replace(':shopKey', encodeURIComponent(shopKey)))
}
