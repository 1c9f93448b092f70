import { z } from 'zod'
import { ConversationReportSchema, RatedConversationSchema } from '#protocol/chat-figures.ts'
import { FIGURE_STEPS } from '#protocol/figures.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { pageOf, pageQuery } from '../core/api/fields.ts'
import { days } from './descriptions.ts'

const topic = 'Figures'
const OWN = 'An operator is told of the conversations that they were given themselves.'

const reportFilters = {
  ...days,
  channel: z.string().max(64).optional().describe('Of this channel'),
  operator: z.string().max(64).optional().describe('That this member was given'),
}

export const ReportQuery = z.object({
  ...reportFilters,
  step: z.enum(FIGURE_STEPS).optional().describe('How long each point of the series is'),
})
export const RatingsQuery = pageQuery(100).extend({
  ...reportFilters,
  stars: z.coerce.number().int().min(1).max(5).optional().describe('With this rating alone'),
})
export const ReportFileQuery = z.object(reportFilters)

export const describedReports = {
  report: {
    name: 'readConversationFigures',
    topic,
    summary: 'What came of conversations, against the period before',
    text: `Of those that began in these days, spam left out: how they ended, how soon they were answered, who missed them, what they were rated. Together, as a series, and by channel, operator, lead state and potential. Durations are milliseconds. ${OWN}`,
    query: ReportQuery,
    answer: { status: 200, schema: ConversationReportSchema },
    example: { query: { step: 'day' } },
  },
  ratings: {
    name: 'listRatings',
    topic,
    summary: 'Ratings of conversations with their comments, the newest conversation first',
    text: OWN,
    query: RatingsQuery,
    answer: { status: 200, schema: pageOf(RatedConversationSchema) },
    example: { query: { stars: '5', limit: '10' } },
  },
  file: {
    name: 'exportConversationFigures',
    topic,
    summary: 'The same as CSV, a line a conversation',
    text: `In UTF-8; durations in seconds, and nothing that was said but the comments of ratings. Texts that a spreadsheet would take for a formula are led by an apostrophe. ${OWN}`,
    query: ReportFileQuery,
    answer: { status: 200, type: 'text/csv' },
    example: { query: { from: '2026-11-01', to: '2026-11-30' } },
  },
} as const satisfies Record<string, RouteDescription>
