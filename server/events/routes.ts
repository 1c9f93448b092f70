import { z } from 'zod'
import { RETENTION_PATH, STORED_EVENTS_PATH, VISITOR_PATH } from '#protocol/names.ts'
import { RetentionEstimateSchema, RetentionQuerySchema } from '#protocol/shop.ts'
import { StoredEventSchema, VisitorAnswerSchema } from '#protocol/visitors.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'
import { Refusal } from '../core/errors.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyGuard } from '../core/secret-key-guard.ts'
import type { Events, Retention } from './service.ts'

interface EventRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly events: Pick<Events, 'listEvents' | 'readVisitor'>
  readonly retention: Retention
}

const topic = 'Events and visitors'
/** 22 characters from a browser, 23 where the server made it. */
const VISITOR_ID = /^[\w-]{22,23}$/
const EXAMPLE_VISITOR = 'RXhhbXBsZVZpc2l0b3IwMA'

const eventsQuery = pageQuery(200).extend({
  visitorId: z.string().regex(VISITOR_ID).optional().describe('Only events of this visitor'),
})

const told = {
  events: {
    name: 'listEvents',
    topic,
    summary: 'Stored events in the order of their arrival, the newest first',
    text: 'With all that they tell of people: a key with this scope reads their addresses too.',
    query: eventsQuery,
    answer: { status: 200, schema: pageOf(StoredEventSchema) },
    refusals: ['not_found'],
    example: { query: { limit: '10' } },
  },
  visitor: {
    name: 'readVisitor',
    topic,
    summary: 'A visitor with its profile',
    text: 'A visitor that was joined to another is answered as that other.',
    params: { id: idOf('a visitor') },
    answer: { status: 200, schema: VisitorAnswerSchema },
    example: { params: { id: EXAMPLE_VISITOR } },
  },
  retention: {
    name: 'estimateRetention',
    topic: 'Shop',
    summary: 'What would be deleted if the shop kept so many months of events and sessions',
    text: 'Nothing is changed; “retentionMonths” of the shop’s settings sets it. Profiles keep their counts; orders, customers and consents are never deleted for it.',
    query: RetentionQuerySchema,
    answer: { status: 200, schema: RetentionEstimateSchema },
    example: { query: { months: '12' } },
  },
} as const satisfies Record<string, RouteDescription>

/** Stored events and visitors, for shops' servers. */
export function addEventRoutes(
  router: Router,
  { secretKey, events, retention }: EventRoutesDeps,
): void {
  router.get(
    STORED_EVENTS_PATH,
    secretKey('events:read'),
    async ({ call, shop }) => {
      const { visitorId, cursor, limit } = readQuery(call, eventsQuery)
      return { json: await events.listEvents(shop.id, { visitorId, cursor, limit }) }
    },
    told.events,
  )
  router.get(
    VISITOR_PATH,
    secretKey('customers:read'),
    async ({ call, shop }) => {
      const id = call.param('id') ?? ''
      if (!VISITOR_ID.test(id)) throw new Refusal('not_found', 'There is no such visitor')
      return { json: await events.readVisitor(shop.id, id) }
    },
    told.visitor,
  )
  router.get(
    RETENTION_PATH,
    secretKey('shop:read'),
    async ({ call, shop }) => {
      const { months } = readQuery(call, RetentionQuerySchema)
      return { json: await retention.estimate(shop.id, months) }
    },
    told.retention,
  )
}
