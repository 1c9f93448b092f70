import { InvitationSchema, MemberRolesSchema } from '#protocol/account.ts'
import {
  ACCOUNT_LINK_PAGE_PATH,
  INVITATION_PATH,
  INVITATIONS_PATH,
  MEMBER_PATH,
  MEMBER_PHOTO_PATH,
  MEMBER_ROLES_PATH,
  MEMBERS_PATH,
} from '#protocol/names.ts'
import type { Call } from '../core/http.ts'
import { readJsonBody } from '../core/json-body.ts'
import type { MemberGuards } from '../core/member-guards.ts'
import type { Router } from '../core/router.ts'
import { describedMembers } from './member-descriptions.ts'
import type { Members } from './members.ts'
import { photoAnswer } from './photo-answer.ts'

interface MemberRoutesDeps {
  readonly guards: Pick<MemberGuards, 'member' | 'ofShop'>
  readonly members: Members
  readonly publicUrl: URL
}

const BODY_BYTES = 4_096

/** Who belongs to a shop. By a session alone: a key that could invite an owner would be one. */
export function addMemberRoutes(router: Router, deps: MemberRoutesDeps): void {
  const { guards, publicUrl } = deps
  const { memberships, invitations, profile } = deps.members
  const read = guards.member('members', 'read')
  const edit = guards.member('members', 'edit')

  router.get(
    MEMBERS_PATH,
    read,
    async ({ shop }) => ({
      json: { items: await memberships.list(shop.id), nextCursor: null },
    }),
    describedMembers.list,
  )
  router.get(
    MEMBER_PATH,
    read,
    async ({ call, shop }) => ({
      json: await memberships.find(shop.id, memberIdOf(call)),
    }),
    describedMembers.read,
  )
  router.put(
    MEMBER_ROLES_PATH,
    edit,
    async (request) => {
      const { roles } = await readJsonBody(request.call, MemberRolesSchema, BODY_BYTES)
      return { json: await memberships.setRoles(request, memberIdOf(request.call), roles) }
    },
    describedMembers.setRoles,
  )
  router.delete(
    MEMBER_PATH,
    edit,
    async (request) => {
      await memberships.remove(request, memberIdOf(request.call))
      return {}
    },
    describedMembers.remove,
  )
  router.get(
    MEMBER_PHOTO_PATH,
    guards.ofShop,
    async ({ call, shop }) => photoAnswer(await profile.photoIn(shop.id, memberIdOf(call))),
    describedMembers.photo,
  )

  router.get(
    INVITATIONS_PATH,
    read,
    async ({ shop }) => ({
      json: { items: await invitations.list(shop.id), nextCursor: null },
    }),
    describedMembers.invitations,
  )
  router.post(
    INVITATIONS_PATH,
    edit,
    async (request) => {
      const draft = await readJsonBody(request.call, InvitationSchema, BODY_BYTES)
      const { token, ...invitation } = await invitations.invite(request, draft)
      const link = `${publicUrl.origin}${ACCOUNT_LINK_PAGE_PATH}#${token}`
      return { status: 201, json: { ...invitation, link } }
    },
    describedMembers.invite,
  )
  router.delete(
    INVITATION_PATH,
    edit,
    async (request) => {
      await invitations.revoke(request, request.call.param('invitationId') ?? '')
      return {}
    },
    describedMembers.revoke,
  )
}

function memberIdOf(call: Call): string {
  return call.param('memberId') ?? ''
}
