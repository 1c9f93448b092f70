import { z } from 'zod'
import type { ForeignDescription, RouteDescription } from '../../core/api/description.ts'

const topic = 'Events from servers, as Segment has them'
const TEXT =
  'With a secret key what is sent is verified; writeKey may be the shop’s public key instead. See /docs/compatible.'
const fields = {
  writeKey: z.string().optional(),
  userId: z.string().optional(),
  anonymousId: z.string().optional(),
  messageId: z.string().optional(),
  timestamp: z.string().optional(),
  context: z.record(z.string(), z.unknown()).optional(),
}
const Event = z.looseObject({
  ...fields,
  type: z.string().optional(),
  event: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  traits: z.record(z.string(), z.unknown()).optional(),
})
const answer = { status: 200, schema: z.object({ success: z.literal(true) }) } as const
const told = {
  anonymousId: 'ana-tablet',
  timestamp: '2026-11-20T09:00:00.000Z',
}

/** Addresses under which we promise to take events; the others are told by docs/compatible. */
const PROMISED: Readonly<Record<string, RouteDescription>> = {
  '/v1/identify': {
    name: 'identify',
    topic,
    summary: 'Says who somebody is',
    text: TEXT,
    body: { schema: Event },
    answer,
    example: {
      isFromServer: true,
      body: { ...told, messageId: 'docs-1', userId: 'ana-old', traits: { firstName: 'Ana' } },
    },
  },
  '/v1/track': {
    name: 'track',
    topic,
    summary: 'Stores one event',
    text: TEXT,
    body: { schema: Event },
    answer,
    example: {
      isFromServer: true,
      body: { ...told, messageId: 'docs-2', event: 'Product Viewed', properties: { id: 'mug' } },
    },
  },
  '/v1/batch': {
    name: 'batch',
    topic,
    summary: 'Stores many events, each with its type',
    text: TEXT,
    body: { schema: z.looseObject({ ...fields, batch: z.array(Event) }) },
    answer,
    example: {
      isFromServer: true,
      body: {
        batch: [
          { ...told, type: 'track', messageId: 'docs-3', event: 'Wishlist Shared' },
          { ...told, type: 'page', messageId: 'docs-4', name: 'Home' },
        ],
      },
    },
  },
}

const FOREIGN: ForeignDescription = { compatibleWith: 'Segment, RudderStack and Jitsu' }

export function describedCompatible(path: string): RouteDescription | ForeignDescription {
  return PROMISED[path] ?? FOREIGN
}
