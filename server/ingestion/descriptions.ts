import { BatchSchema, EventSchema } from '#protocol/events.ts'
import { ClaimSchema, DecisionsRequestSchema, SubmissionSchema } from '#protocol/experiences.ts'
import { MAX_BATCH_EVENTS } from '#protocol/names.ts'
import {
  ClaimAnswerSchema,
  DecisionsAnswerSchema,
  EventsAnswerSchema,
  SubmissionAnswerSchema,
} from '#protocol/page-answers.ts'
import { z } from 'zod'
import type { RouteDescription } from '../core/api/description.ts'

const topic = 'What pages send'
const TEXT = 'Takes the shop’s public key, or a secret one with the scope as Authorization: Bearer.'
const AT = Date.UTC(2026, 10, 20, 9)
const page = { url: 'https://shop.example/demo/', referrer: '', title: 'Demo shop', type: 'home' }
/** A visitor whose id and token the browser made; these are for trying out only. */
const asking = {
  key: '$GP_PUBLIC_KEY',
  visitor: {
    id: 'RXhhbXBsZVZpc2l0b3IwMA',
    token: 'RXhhbXBsZVRva2VuRm9yVGhlRG9jc09ubHkwMDAwMDA',
  },
  session: { id: '0193a1b0-0000-7000-8000-00000000d0c5', startedAt: AT },
  consent: { statistics: true, personalisation: true, marketing: true },
}
const event = { ageMs: 900, seq: 1, page }

export const describedIngestion = {
  events: {
    name: 'sendEvents',
    topic,
    summary: 'Stores up to 100 events, each once, and answers what to show now',
    text: `${TEXT} Results come in the order of the events. An event with an id that was sent before is a duplicate: sending again is safe.`,
    body: {
      schema: BatchSchema.extend({ events: z.array(EventSchema).max(MAX_BATCH_EVENTS) }),
    },
    answer: { status: 200, schema: EventsAnswerSchema },
    refusals: ['unavailable'],
    example: {
      body: {
        ...asking,
        sentAt: AT + 1_000,
        context: { locale: 'es-CO', timeZone: 'America/Bogota' },
        events: [
          { ...event, id: '0193a1b0-0000-7000-8000-000000000001', type: 'page', at: AT },
          {
            ...event,
            id: '0193a1b0-0000-7000-8000-000000000002',
            type: 'identify',
            userId: 'ana-42',
            traits: { firstName: 'Ana' },
            at: AT + 50,
            seq: 2,
          },
          {
            ...event,
            id: '0193a1b0-0000-7000-8000-000000000003',
            type: 'track',
            name: 'Product Added',
            properties: { product_id: 'cafe-huila', price: 42_000, currency: 'COP', quantity: 1 },
            at: AT + 100,
            seq: 3,
          },
        ],
      },
    },
  },
  decisions: {
    name: 'decide',
    topic,
    summary: 'What to show on a page that has no events to send',
    text: TEXT,
    body: { schema: DecisionsRequestSchema },
    answer: { status: 200, schema: DecisionsAnswerSchema },
    example: { body: { ...asking, sentAt: AT + 2_000, context: {}, page } },
  },
  claims: {
    name: 'claim',
    topic,
    summary: 'Asks, before it is drawn, whether an experience may be shown once more',
    text: `${TEXT} What is granted is free again after leaseMs, unless an event “Experience Shown” spends it.`,
    body: { schema: ClaimSchema },
    answer: { status: 200, schema: ClaimAnswerSchema },
    example: {
      body: {
        ...asking,
        experienceId: '$FORM_ID',
        variantId: 'a',
        pageViewId: 'page-view-1',
      },
    },
  },
  submissions: {
    name: 'submitForm',
    topic,
    summary: 'Stores the form of an experience, once however often it is sent',
    text: TEXT,
    body: { schema: SubmissionSchema },
    answer: { status: 200, schema: SubmissionAnswerSchema },
    refusals: ['not_found'],
    example: {
      body: {
        ...asking,
        submissionId: '0193a1b0-0000-7000-8000-000000000004',
        experienceId: '$FORM_ID',
        variantId: 'a',
        fields: { email: 'ana@shop.example', newsletter: true },
        page,
      },
    },
  },
} as const satisfies Record<string, RouteDescription>
