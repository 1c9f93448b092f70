import { z } from 'zod'
import { IDENTITY_RULES, JWT_ALGORITHMS } from './customers.ts'
import { CONSENT_MODES } from './names.ts'
import { SCOPES } from './scopes.ts'

/** What a shop may set, as a whole. */
export const ShopSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** What is sent before a visitor has chosen. */
  consentMode: z.enum(CONSENT_MODES),
  /** IANA name: whose days and hours conditions mean. */
  timeZone: z.string().min(1).max(64),
  /** ISO 4217: what amounts are in that name none. Amounts that are stored stay as they are. */
  currency: z.string().length(3),
})
export type ShopSettings = z.output<typeof ShopSettingsSchema>

export const ShopAnswerSchema = z
  .object({
    ...ShopSettingsSchema.shape,
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

export const OriginDraftSchema = z.strictObject({
  /** `https://shop.example`, or `https://*.shop.example` for all below it. */
  origin: z.string().min(1).max(300),
})

export const OriginSchema = z
  .object({ id: z.string(), origin: z.string(), createdAt: z.int() })
  .meta({ id: 'Origin' })
export type ListedOrigin = z.output<typeof OriginSchema>

export const KeyDraftSchema = z.strictObject({
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
})

export const SecretKeySchema = z
  .object({
    id: z.string(),
    /** Its last four characters. */
    ending: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.int(),
  })
  .meta({ id: 'SecretKey' })
export type SecretKey = z.output<typeof SecretKeySchema>

/** The only time that the key is told. */
export const NewKeySchema = z.object({ ...SecretKeySchema.shape, key: z.string() })
export type NewKey = z.output<typeof NewKeySchema>
