import { z } from 'zod'
import {
  MAIL_STATES,
  type Mail,
  type MailCheck,
  type MailStatus,
  type MailSummary,
} from './mail.ts'

const address = z.object({ address: z.string(), name: z.string().exactOptional() })

export const MailSummarySchema = z
  .object({
    id: z.string(),
    state: z.enum(MAIL_STATES),
    kind: z.string(),
    to: address,
    subject: z.string(),
    attempts: z.int(),
    lastError: z.string().nullable(),
    createdAt: z.int(),
    sentAt: z.int().nullable(),
  })
  .meta({ id: 'MailSummary' }) satisfies z.ZodType<MailSummary>

export const MailSchema = MailSummarySchema.extend({
  from: address.nullable(),
  text: z.string().nullable(),
  html: z.string().nullable(),
  messageId: z.string(),
}).meta({ id: 'Mail' }) satisfies z.ZodType<Mail>

export const MailStatusSchema = z
  .object({
    isConfigured: z.boolean(),
    server: z.object({ host: z.string(), port: z.int(), isSecure: z.boolean() }).nullable(),
    from: address.nullable(),
    dkim: z.object({ domain: z.string(), selector: z.string() }).nullable(),
    counts: z.record(z.enum(MAIL_STATES), z.int()),
  })
  .meta({ id: 'MailStatus' }) satisfies z.ZodType<MailStatus>

export const MailCheckSchema = z
  .object({ isReachable: z.boolean(), problem: z.string() })
  .meta({ id: 'MailCheck' }) satisfies z.ZodType<MailCheck>
