import {
  InvitationAnswerSchema,
  NewInvitationSchema,
  ShopMemberSchema,
} from '#protocol/account-answers.ts'
import { InvitationSchema, MemberRolesSchema } from '#protocol/account.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf } from '../core/api/fields.ts'

const topic = 'Members'
const params = { memberId: idOf('a member of the shop') }

export const describedMembers = {
  list: {
    name: 'listMembers',
    topic,
    summary: 'Who belongs to the shop, in the order in which they joined',
    answer: { status: 200, schema: pageOf(ShopMemberSchema) },
    example: { gives: { OWNER_ID: 'items.0.id', MEMBER_ID: 'items.1.id' } },
  },
  read: {
    name: 'readMember',
    topic,
    summary: 'One member of the shop',
    params,
    answer: { status: 200, schema: ShopMemberSchema },
    example: { params: { memberId: '$OWNER_ID' } },
  },
  setRoles: {
    name: 'replaceMemberRoles',
    topic,
    summary: 'Sets all the roles that a member has',
    text: 'Only an owner decides who owns the shop, and the last owner stays one. Secret keys that the member made, or that these made, stop working where the roles left would not give them.',
    params,
    body: { schema: MemberRolesSchema },
    answer: { status: 200, schema: ShopMemberSchema },
    refusals: ['sign_in_again', 'conflict'],
    example: { params: { memberId: '$MEMBER_ID' }, body: { roles: ['operator', 'host'] } },
  },
  remove: {
    name: 'removeMember',
    topic,
    summary: 'Takes all roles from a member: the shop is theirs no more, at once',
    text: 'Secret keys that they made stop working too.',
    params,
    answer: { status: 204 },
    refusals: ['sign_in_again', 'conflict'],
    example: { params: { memberId: '$MEMBER_ID' } },
  },
  photo: {
    name: 'readMemberPhoto',
    topic,
    summary: 'A member’s photo, for every member of the shop',
    params,
    answer: { status: 200, type: 'image/png' },
    example: { isShownOnly: true, params: { memberId: '$MEMBER_ID' } },
  },
  invitations: {
    name: 'listInvitations',
    topic,
    summary: 'Those that wait to be accepted',
    answer: { status: 200, schema: pageOf(InvitationAnswerSchema) },
    example: {},
  },
  invite: {
    name: 'invite',
    topic,
    summary: 'Invites somebody; their link is told this once, and mailed where mail is set up',
    text: 'The newest invitation of an address takes the place of those before.',
    body: { schema: InvitationSchema },
    answer: { status: 201, schema: NewInvitationSchema },
    refusals: ['sign_in_again', 'conflict'],
    example: {
      body: { email: 'rosa@shop.example', roles: ['operator'] },
      gives: { INVITATION_ID: 'id' },
    },
  },
  revoke: {
    name: 'revokeInvitation',
    topic,
    summary: 'The invitation’s link opens nothing any more',
    params: { invitationId: idOf('an invitation') },
    answer: { status: 204 },
    example: { params: { invitationId: '$INVITATION_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
