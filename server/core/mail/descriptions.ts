import { z } from 'zod'
import {
  MailCheckSchema,
  MailSchema,
  MailStatusSchema,
  MailSummarySchema,
} from '#protocol/mail-answers.ts'
import { MAIL_STATES, TestMailSchema } from '#protocol/mail.ts'
import type { RouteDescription } from '../api/description.ts'
import { idOf, pageOf, pageQuery } from '../api/fields.ts'

const topic = 'Mail'
const params = { mailId: idOf('a mail') }

export const mailsQuery = pageQuery(200).extend({
  state: z.enum(MAIL_STATES).optional().describe('Only these'),
})

export const describedMail = {
  status: {
    name: 'readMailStatus',
    topic,
    summary: 'Whether mails leave, by which server, and how many are in which state',
    answer: { status: 200, schema: MailStatusSchema },
    example: {},
  },
  check: {
    name: 'checkMailServer',
    topic,
    summary: 'Connects to the mail server, signs in, and tells what is wrong',
    text: 'It may take 15 seconds.',
    answer: { status: 200, schema: MailCheckSchema },
    example: {},
  },
  sendTest: {
    name: 'sendTestMail',
    topic,
    summary: 'Puts a test mail into the outbox, which leaves after the answer',
    body: { schema: TestMailSchema },
    answer: { status: 200, schema: MailSchema },
    example: { body: { to: 'ana@shop.example', language: 'es' } },
  },
  list: {
    name: 'listMails',
    topic,
    summary: 'The shop’s outbox, the newest first',
    query: mailsQuery,
    answer: { status: 200, schema: pageOf(MailSummarySchema) },
    example: { query: { state: 'failed' }, gives: { MAIL_ID: 'items.0.id' } },
  },
  read: {
    name: 'readMail',
    topic,
    summary: 'A mail and what it says',
    text: 'The text of one that holds a link which opens something is told to nobody.',
    params,
    answer: { status: 200, schema: MailSchema },
    example: { params: { mailId: '$MAIL_ID' } },
  },
  resend: {
    name: 'resendMail',
    topic,
    summary: 'Sends a mail again that failed, or of which nobody knows whether it arrived',
    text: 'One that is “uncertain” may then arrive twice.',
    params,
    answer: { status: 200, schema: MailSchema },
    refusals: ['conflict'],
    example: { params: { mailId: '$MAIL_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
