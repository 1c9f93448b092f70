import {
  AudienceMemberSchema,
  AudienceSchema,
  ExplainAnswerSchema,
  ExplainSchema,
  SavedAudienceSchema,
} from '#protocol/audiences.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageQuery, pageOf } from '../core/api/fields.ts'

const topic = 'Audiences'
const params = { id: idOf('an audience') }
const CART_WATCHERS = {
  name: 'Watched a cart grow',
  condition: {
    kind: 'event',
    scope: 'profile',
    name: 'Product Added',
    where: [],
    count: { op: 'atLeast', value: 1 },
  },
}

export const describedAudiences = {
  list: {
    name: 'listAudiences',
    topic,
    summary: 'All audiences of the shop, by name',
    answer: { status: 200, schema: pageOf(SavedAudienceSchema) },
    example: {},
  },
  create: {
    name: 'createAudience',
    topic,
    summary: 'Makes an audience, which is then being filled',
    text: 'While its state is “computing”, profiles from before are still being looked at; progress says how far. With “isTold”, webhooks are told who enters and leaves once it is ready: never of those whom the filling finds.',
    body: { schema: AudienceSchema },
    answer: { status: 201, schema: SavedAudienceSchema },
    refusals: ['conflict'],
    example: { body: CART_WATCHERS, gives: { AUDIENCE_ID: 'id' } },
  },
  read: {
    name: 'readAudience',
    topic,
    summary: 'One audience, with how far it is filled',
    params,
    answer: { status: 200, schema: SavedAudienceSchema },
    example: { params: { id: '$AUDIENCE_ID' } },
  },
  replace: {
    name: 'replaceAudience',
    topic,
    summary: 'Replaces name and condition; another condition is filled anew',
    params,
    body: { schema: AudienceSchema },
    answer: { status: 200, schema: SavedAudienceSchema },
    refusals: ['conflict'],
    example: { params: { id: '$AUDIENCE_ID' }, body: { ...CART_WATCHERS, name: 'Has a cart' } },
  },
  remove: {
    name: 'deleteAudience',
    topic,
    summary: 'Removes an audience that nothing asks for any more',
    params,
    answer: { status: 204 },
    refusals: ['conflict'],
    example: { params: { id: '$AUDIENCE_ID' } },
  },
  members: {
    name: 'listAudienceMembers',
    topic,
    summary: 'Who is in an audience, and since when',
    text: 'A visitor who is a customer counts as that customer.',
    params,
    query: pageQuery(200),
    answer: { status: 200, schema: pageOf(AudienceMemberSchema) },
    example: { params: { id: '$AUDIENCE_ID' }, query: { limit: '20' } },
  },
  explain: {
    name: 'explainCondition',
    topic,
    summary: 'Leaf by leaf, what of a condition is true of somebody now',
    text: 'It shows the values that it saw. Name either visitorId or customerId.',
    body: { schema: ExplainSchema },
    answer: { status: 200, schema: ExplainAnswerSchema },
    refusals: ['not_found'],
    example: {
      body: { condition: CART_WATCHERS.condition, customerId: '$CUSTOMER_ID' },
    },
  },
} as const satisfies Record<string, RouteDescription>
