import { z } from 'zod'
import {
  AudienceArchivedSchema,
  AudienceGrowthSchema,
  AudienceMemberSchema,
  AudienceSchema,
  EstimateAnswerSchema,
  EstimateSchema,
  ExplainAnswerSchema,
  ExplainSchema,
  GROWTH_DAYS,
  SavedAudienceSchema,
  TargetingSuggestionsSchema,
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

export const GrowthQuerySchema = z.object({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(GROWTH_DAYS)
    .default(28)
    .describe('How many days, today included'),
})

export const AudiencesQuerySchema = z.object({
  archived: z.enum(['true', 'false']).default('false').describe('Those put away instead'),
})

export const describedAudiences = {
  list: {
    name: 'listAudiences',
    topic,
    summary: 'All audiences of the shop, by name',
    query: AudiencesQuerySchema,
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
  archive: {
    name: 'archiveAudience',
    topic,
    summary: 'Puts an audience away that nothing asks for any more, or back as it was',
    text: 'Its id, members and growth stay. While it is put away nothing may ask for it, and webhooks are not told of it.',
    params,
    body: { schema: AudienceArchivedSchema },
    answer: { status: 200, schema: SavedAudienceSchema },
    refusals: ['conflict'],
    example: { params: { id: '$AUDIENCE_ID' }, body: { isArchived: false } },
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
  growth: {
    name: 'readAudienceGrowth',
    topic,
    summary: 'How large each audience was, day by day',
    text: 'By the shop’s calendar: what a day ended with, and today so far. Days before an audience was made are left out.',
    query: GrowthQuerySchema,
    answer: { status: 200, schema: z.object({ items: z.array(AudienceGrowthSchema) }) },
    example: { query: { days: '28' } },
  },
  estimate: {
    name: 'estimateAudience',
    topic,
    summary: 'How many a condition is true of now',
    text: 'Of everybody where they are few; else by a sample, which says between which figures it surely is.',
    body: { schema: EstimateSchema },
    answer: { status: 200, schema: EstimateAnswerSchema },
    refusals: ['too_many_requests'],
    example: { body: { condition: CART_WATCHERS.condition } },
  },
  suggestions: {
    name: 'readTargetingSuggestions',
    topic,
    summary: 'Values that a condition may mean, of what the shop has seen of late',
    text: 'By the newest events, sessions, products and customers, the commonest first; read anew once a minute.',
    answer: { status: 200, schema: TargetingSuggestionsSchema },
    example: {},
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
