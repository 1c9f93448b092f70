import { z } from 'zod'
import { RetentionEstimateSchema, RetentionQuerySchema } from '#protocol/shop.ts'
import { DefinitionAnswerSchema, DefinitionSchema } from '#protocol/definitions.ts'
import {
  EventNamesSchema,
  EventPageSchema,
  EventPropertiesSchema,
  EventSoughtSchema,
  IngestionWarningsSchema,
} from '#protocol/explorer.ts'
import {
  DEFINITION_PATH,
  DEFINITIONS_PATH,
  EVENT_NAMES_PATH,
  EVENT_PROPERTIES_PATH,
  INGESTION_WARNINGS_PATH,
  MAX_BODY_BYTES,
  MAX_NAME_CHARS,
  RETENTION_PATH,
  STORED_EVENTS_PATH,
  VISITOR_PATH,
} from '#protocol/names.ts'
import { VisitorAnswerSchema } from '#protocol/visitors.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf, pageQuery } from '../core/api/fields.ts'
import { Refusal } from '../core/errors.ts'
import { readJsonBody } from '../core/json-body.ts'
import { readQuery } from '../core/query.ts'
import type { Router } from '../core/router.ts'
import type { SecretKeyGuard } from '../core/secret-key-guard.ts'
import type { Events, Retention } from './service.ts'

interface EventRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly events: Events
  readonly retention: Retention
}

const topic = 'Events and visitors'
const ofDefinitions = 'Definitions'
/** 22 characters from a browser, 23 where the server made it. */
const VISITOR_ID = /^[\w-]{22,23}$/
const EXAMPLE_VISITOR = 'RXhhbXBsZVZpc2l0b3IwMA'

const eventsQuery = pageQuery(200).extend(EventSoughtSchema.shape)
const daysQuery = z.object({
  days: z.coerce.number().int().min(1).max(90).default(30).describe('How many, today included'),
})
const propertiesQuery = z.object({
  name: z.string().min(1).max(MAX_NAME_CHARS).describe('The event’s name'),
})

const told = {
  events: {
    name: 'listEvents',
    topic,
    summary: 'Stored events in the order of their arrival, the newest first',
    text: 'With all that they tell of people: a key with this scope reads their addresses too. Narrowed down, events are looked through for a moment: a page may have fewer than asked for, or none, and yet a next one.',
    query: eventsQuery,
    answer: { status: 200, schema: EventPageSchema },
    refusals: ['not_found'],
    example: { query: { limit: '10', type: 'track' } },
  },
  names: {
    name: 'listEventNames',
    topic,
    summary: 'How many events of each name arrived, by day (UTC), some seconds behind',
    query: daysQuery,
    answer: { status: 200, schema: EventNamesSchema },
    example: { query: { days: '7' } },
  },
  properties: {
    name: 'listEventProperties',
    topic,
    summary: 'Which properties the newest events of a name told, with examples',
    query: propertiesQuery,
    answer: { status: 200, schema: EventPropertiesSchema },
    example: { query: { name: 'Product Viewed' } },
  },
  warnings: {
    name: 'listIngestionWarnings',
    topic,
    summary: 'What was left out, or stored with a remark, by reason and day (UTC)',
    query: daysQuery,
    answer: { status: 200, schema: IngestionWarningsSchema },
    example: { query: { days: '7' } },
  },
  definitions: {
    name: 'listDefinitions',
    topic: ofDefinitions,
    summary: 'What events and attributes mean to the shop',
    answer: { status: 200, schema: pageOf(DefinitionAnswerSchema) },
    example: {},
  },
  putDefinition: {
    name: 'putDefinition',
    topic: ofDefinitions,
    summary: 'Says what an event or an attribute means; replaces what was said before',
    body: { schema: DefinitionSchema },
    answer: { status: 200, schema: DefinitionAnswerSchema },
    refusals: ['conflict'],
    example: {
      body: {
        kind: 'event',
        name: 'Gift Wrapped',
        description: 'Somebody asked for wrapping paper',
        type: null,
        owner: 'Ana',
      },
      gives: { DEFINITION_ID: 'id' },
    },
  },
  removeDefinition: {
    name: 'removeDefinition',
    topic: ofDefinitions,
    summary: 'Removes a definition; events and attributes stay',
    params: { definitionId: idOf('a definition') },
    answer: { status: 204 },
    example: { params: { definitionId: '$DEFINITION_ID' } },
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
      return { json: await events.listEvents(shop.id, readQuery(call, eventsQuery)) }
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
  const read = secretKey('events:read')
  router.get(
    EVENT_NAMES_PATH,
    read,
    async ({ call, shop }) => ({
      json: await events.names(shop.id, readQuery(call, daysQuery).days),
    }),
    told.names,
  )
  router.get(
    EVENT_PROPERTIES_PATH,
    read,
    async ({ call, shop }) => ({
      json: await events.properties(shop.id, readQuery(call, propertiesQuery).name),
    }),
    told.properties,
  )
  router.get(
    INGESTION_WARNINGS_PATH,
    read,
    async ({ call, shop }) => ({
      json: await events.warnings(shop.id, readQuery(call, daysQuery).days),
    }),
    told.warnings,
  )
  addDefinitionRoutes(router, { secretKey, events })
}

function addDefinitionRoutes(
  router: Router,
  { secretKey, events: { definitions } }: Pick<EventRoutesDeps, 'secretKey' | 'events'>,
): void {
  router.get(
    DEFINITIONS_PATH,
    secretKey('events:read'),
    async ({ shop }) => ({ json: { items: await definitions.list(shop.id), nextCursor: null } }),
    told.definitions,
  )
  router.put(
    DEFINITIONS_PATH,
    secretKey('events:write'),
    async ({ call, shop, by }) => {
      const draft = await readJsonBody(call, DefinitionSchema, MAX_BODY_BYTES)
      return { json: await definitions.put(shop.id, draft, by) }
    },
    told.putDefinition,
  )
  router.delete(
    DEFINITION_PATH,
    secretKey('events:write'),
    async ({ call, shop, by }) => {
      const id = call.param('definitionId') ?? ''
      if (!/^[\w-]{22}$/.test(id)) throw new Refusal('not_found', 'There is no such definition')
      await definitions.remove(shop.id, id, by)
      return { status: 204 }
    },
    told.removeDefinition,
  )
}
