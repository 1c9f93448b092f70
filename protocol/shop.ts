import { z } from 'zod'
import { LanguageSchema } from './account.ts'
import { ACTOR_KINDS } from './audit.ts'
import { IDENTITY_RULES, JWT_ALGORITHMS } from './customers.ts'
import { CONSENT_MODES } from './names.ts'
import { SCOPES } from './scopes.ts'

/** A language is named once, in whichever case. */
const LanguagesSchema = z
  .array(LanguageSchema)
  .min(1)
  .max(20)
  .refine((all) => new Set(all.map((one) => one.toLowerCase())).size === all.length, {
    message: 'Name each language once',
  })

/** They are read with the requests of the shop's pages. */
export const MAX_ORIGINS = 200
export const MAX_SECRET_KEYS = 1_000
const MAX_RETENTION_MONTHS = 120
const RetentionMonthsSchema = z.int().min(1).max(MAX_RETENTION_MONTHS)

/** What a shop has set. */
const ShopSettingsShape = {
  name: z.string().trim().min(1).max(200),
  /** What is sent before a visitor has chosen. */
  consentMode: z.enum(CONSENT_MODES),
  /** IANA name: whose days and hours conditions mean. */
  timeZone: z.string().min(1).max(64),
  /** ISO 4217: what amounts are in that name none. Amounts that are stored stay as they are. */
  currency: z.string().length(3),
  /** BCP 47, the default one first: what texts are chosen by that nobody's own language decides. */
  languages: LanguagesSchema,
  /** Events and sessions that arrived before so many months are deleted every night; null: they are kept. */
  retentionMonths: RetentionMonthsSchema.nullable(),
}

/** What a shop may set. What came later than the rest may be left out, and then stays as it is. */
export const ShopSettingsSchema = z.strictObject({
  ...ShopSettingsShape,
  languages: LanguagesSchema.exactOptional(),
  retentionMonths: RetentionMonthsSchema.nullable().exactOptional(),
})
export type ShopSettings = z.output<typeof ShopSettingsSchema>

export const ShopAnswerSchema = z
  .object({
    ...ShopSettingsShape,
    /** Stands in the snippet; it opens nothing. */
    publicKey: z.string(),
  })
  .meta({ id: 'Shop' })
export type ShopAnswer = z.output<typeof ShopAnswerSchema>

/** How user ids are believed. */
export const IdentitySettingsSchema = z.strictObject({
  rule: z.enum(IDENTITY_RULES),
  /** The public half of an Ed25519 key (PEM), by which JWTs are proven from then on; null: by the identity secret. */
  jwtPublicKey: z.string().max(1_000).nullable(),
})
export type IdentitySettings = z.output<typeof IdentitySettingsSchema>

export const IdentityAnswerSchema = z
  .object({
    ...IdentitySettingsSchema.shape,
    jwtAlgorithm: z.enum(JWT_ALGORITHMS),
    /** A secret was made; it is told when it is made anew, and by `npm run shop` on the server. */
    hasSecret: z.boolean(),
  })
  .meta({ id: 'Identity' })
export type IdentityAnswer = z.output<typeof IdentityAnswerSchema>

export const IdentitySecretSchema = z.object({
  /** Signs user ids; the one before counts until the next is made. */
  secret: z.string(),
})

/** Typed by whoever means it. */
export const ShopDeletionSchema = z.strictObject({ name: z.string().min(1).max(200) })

export const NewDeletionSchema = z.object({
  /** By which alone its progress is told: whoever deletes their last shop has no account any more. */
  token: z.string(),
})
export type NewDeletion = z.output<typeof NewDeletionSchema>

const DELETION_STATES = ['waiting', 'erasing', 'failed', 'done'] as const

export const DeletionProgressSchema = z
  .object({
    /** The shop's, as it was. */
    name: z.string(),
    state: z.enum(DELETION_STATES),
    /** Rows so far. */
    erased: z.int(),
    finishedAt: z.int().nullable(),
  })
  .meta({ id: 'DeletionProgress' })
export type DeletionProgress = z.output<typeof DeletionProgressSchema>

export const OriginDraftSchema = z.strictObject({
  /** `https://shop.example`, or `https://*.shop.example` for all below it. */
  origin: z.string().min(1).max(300),
})

export const OriginSchema = z
  .object({ id: z.string(), origin: z.string(), createdAt: z.int() })
  .meta({ id: 'Origin' })
export type ListedOrigin = z.output<typeof OriginSchema>

/** What would be deleted if so many months were kept. */
export const RetentionQuerySchema = z.object({
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_RETENTION_MONTHS)
    .describe('How many months would be kept'),
})

export const RetentionEstimateSchema = z
  .object({
    /** Of each at most 100,000 are counted. */
    events: z.int(),
    sessions: z.int(),
    /** What arrived before this would go. */
    before: z.int(),
    /** When it would, if that was set now. */
    nextAt: z.int(),
  })
  .meta({ id: 'RetentionEstimate' })
export type RetentionEstimate = z.output<typeof RetentionEstimateSchema>

/** What a key is for, in its maker's words. */
const KeyNameSchema = z.string().trim().min(1).max(100)
export const KeyNameDraftSchema = z.strictObject({ name: KeyNameSchema })

export const KeyDraftSchema = z.strictObject({
  name: KeyNameSchema,
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
})

export const SecretKeySchema = z
  .object({
    id: z.string(),
    /** Its last four characters. */
    ending: z.string(),
    /** Empty: made before keys had names. */
    name: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.int(),
    /** To the minute; null: never, as far as was kept. */
    lastUsedAt: z.int().nullable(),
    /** Null: made before that was kept. */
    madeBy: z
      .object({
        kind: z.enum(ACTOR_KINDS),
        /** As the audit log names them: a member's id, another key's last four characters. */
        id: z.string(),
        /** Of somebody who is a member still. */
        name: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'SecretKey' })
export type SecretKey = z.output<typeof SecretKeySchema>

/** The only time that the key is told. */
export const NewKeySchema = z.object({ ...SecretKeySchema.shape, key: z.string() })
export type NewKey = z.output<typeof NewKeySchema>
