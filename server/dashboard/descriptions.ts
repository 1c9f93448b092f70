import { z } from 'zod'
import {
  ExperienceFiguresSchema,
  FIGURE_STEPS,
  FiguresAnswerSchema,
  ProductFiguresSchema,
  SESSION_DIMENSIONS,
  SessionGroupSchema,
} from '#protocol/figures.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { pageOf } from '../core/api/fields.ts'

const topic = 'Figures'
const MOST_GROUPS = 200

/** A range of the shop's days, as every report is asked for one. */
export const days = {
  from: z.string().optional().describe('The first day, by the shop’s time zone: 2026-11-01'),
  to: z.string().optional().describe('The last day, which is in it; today, unless said otherwise'),
}

export const FiguresQuerySchema = z.object({
  ...days,
  step: z.enum(FIGURE_STEPS).optional().describe('How long each point of the series is'),
})

export const GroupsQuerySchema = z.object({
  ...days,
  limit: z.coerce.number().int().min(1).max(MOST_GROUPS).default(10).describe('How many at most'),
})

export const SessionGroupsQuerySchema = GroupsQuerySchema.extend({
  by: z.enum(SESSION_DIMENSIONS).default('source').describe('By what sessions are told apart'),
})

export const described = {
  figures: {
    name: 'readFigures',
    topic,
    summary: 'How the shop is doing, against the period before',
    text: 'Visitors, sessions, orders, revenue, carts left and the funnel, together and as a series. Amounts are minor units by currency. The last 28 days, unless said otherwise.',
    query: FiguresQuerySchema,
    answer: { status: 200, schema: FiguresAnswerSchema },
    example: { query: { step: 'day' } },
  },
  groups: {
    name: 'listSessionFigures',
    topic,
    summary: 'Sessions by source, campaign, landing page, device or country',
    text: 'The most first. Orders count where their visitor came from last. An empty name stands for what is unknown.',
    query: SessionGroupsQuerySchema,
    answer: { status: 200, schema: pageOf(SessionGroupSchema) },
    example: { query: { by: 'source', limit: '10' } },
  },
  products: {
    name: 'listProductFigures',
    topic,
    summary: 'Products that were bought, put in the cart and looked at',
    text: 'The most bought first, then the most looked at.',
    query: GroupsQuerySchema,
    answer: { status: 200, schema: pageOf(ProductFiguresSchema) },
    example: { query: { limit: '10' } },
  },
  experiences: {
    name: 'listExperienceFigures',
    topic,
    summary: 'Experiences that were seen, and what came of it',
    query: GroupsQuerySchema,
    answer: { status: 200, schema: pageOf(ExperienceFiguresSchema) },
    example: { query: { limit: '10' } },
  },
} satisfies Record<string, RouteDescription>
