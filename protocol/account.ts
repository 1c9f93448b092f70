import { z } from 'zod'

export const ROLES = ['owner', 'admin', 'operator', 'host'] as const
export type Role = (typeof ROLES)[number]

/** What a role may be allowed. A scope `customers:read` asks for `customers`, and for reading. */
export const PERMISSIONS = [
  'shop',
  'deletion',
  'members',
  'keys',
  'webhooks',
  'mail',
  'jobs',
  'audit',
  'catalog',
  'events',
  'customers',
  'orders',
  'export',
  'erasure',
  'audiences',
  'experiences',
  'automations',
  'conversations',
  'live',
  'figures',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** `own`: only what is the member's own, by routes that see to it. */
export const ACCESSES = ['none', 'own', 'read', 'edit'] as const
export type Access = (typeof ACCESSES)[number]

const MIN_PASSWORD_CHARS = 10
const MAX_PASSWORD_CHARS = 200
/** Invitations of a shop that wait to be accepted. */
export const MAX_INVITATIONS = 100
/** A photo's bytes. */
export const MAX_PHOTO_BYTES = 256 * 1_024

export const EmailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ message: 'That is no e-mail address' }))

/** Any, as it may have been set; what a new one must be, `NewPasswordSchema` says. */
const PasswordSchema = z.string().min(1).max(MAX_PASSWORD_CHARS)
const NewPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_CHARS, { message: `A password has at least ${MIN_PASSWORD_CHARS} characters` })
  .max(MAX_PASSWORD_CHARS, { message: `A password has at most ${MAX_PASSWORD_CHARS} characters` })
/** Line breaks, and what turns the direction of the text around it. */
const NOT_IN_A_NAME = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
const VISIBLE = /[^\p{Z}\p{C}]/u
/** Others see it, visitors too: one line of which something can be seen. */
const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => VISIBLE.test(name) && !NOT_IN_A_NAME.test(name), {
    message: 'A name is one line that can be seen',
  })
/** Six digits of the second factor, or one of the recovery codes. */
const CodeSchema = z.string().trim().min(6).max(40)
const RolesSchema = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .refine((roles) => new Set(roles).size === roles.length, { message: 'Name each role once' })

export const SignInSchema = z.strictObject({
  email: EmailSchema,
  password: PasswordSchema,
  code: CodeSchema.optional(),
})
export type SignInInput = z.infer<typeof SignInSchema>

export const SignInAgainSchema = z.strictObject({
  password: PasswordSchema,
  code: CodeSchema.optional(),
})
export type SignInAgainInput = z.infer<typeof SignInAgainSchema>

export const PasswordChangeSchema = z.strictObject({
  password: PasswordSchema,
  newPassword: NewPasswordSchema,
})
export type PasswordChange = z.infer<typeof PasswordChangeSchema>

export const PasswordResetSchema = z.strictObject({ email: EmailSchema })

export const SecondFactorConfirmationSchema = z.strictObject({ code: CodeSchema })

const LinkTokenSchema = z
  .string()
  .regex(/^[\w-]{43}$/, { message: 'The link is incomplete: copy all of it' })
export const LinkSchema = z.strictObject({ token: LinkTokenSchema })

/** What a link asks for beside its token depends on its kind, which `AccountLink` tells. */
export const AcceptLinkSchema = z.strictObject({
  token: LinkTokenSchema,
  email: EmailSchema.optional(),
  name: NameSchema.optional(),
  password: NewPasswordSchema.optional(),
})
export type AcceptLinkInput = z.infer<typeof AcceptLinkSchema>

export const LINK_KINDS = ['setup', 'rescue', 'invitation', 'reset'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** What a link that was not yet used is for. */
export interface AccountLink {
  readonly kind: LinkKind
  readonly email?: string
  readonly shopName?: string
  readonly roles: readonly Role[]
  /** The address has an account: an invitation is accepted signed in, and no name is asked for. */
  readonly hasAccount: boolean
}

export const LanguageSchema = z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, {
  message: 'Write a language like es or pt-BR',
})
const PreferenceSchema = z.union([z.string().max(200), z.number(), z.boolean()])

/** What somebody says of themselves: always the whole of it. */
export const MemberProfileSchema = z.strictObject({
  name: NameSchema,
  /** What visitors are shown in the place of the name. */
  alias: NameSchema.nullable(),
  /** BCP 47, the preferred one first. */
  languages: z.array(LanguageSchema).max(10),
  /** IANA name; `null`: the browser's. */
  timeZone: z.string().max(64).nullable(),
  /** What the console remembers for its user. */
  preferences: z
    .record(z.string().regex(/^[a-zA-Z][\w.-]{0,49}$/), PreferenceSchema)
    .refine((preferences) => Object.keys(preferences).length <= 50, {
      message: 'At most 50 preferences',
    }),
})
export type MemberProfile = z.infer<typeof MemberProfileSchema>

export const ShopDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  currency: z.string().length(3).optional(),
  timeZone: z.string().max(64).optional(),
})
export type ShopDraft = z.infer<typeof ShopDraftSchema>

export const MemberRolesSchema = z.strictObject({ roles: RolesSchema })
export const InvitationSchema = z.strictObject({ email: EmailSchema, roles: RolesSchema })
export type InvitationDraft = z.infer<typeof InvitationSchema>

/** A shop, for one of its members. */
export interface OwnShop {
  /** Its public key: what `X-GP-Shop` names it by. */
  readonly key: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly roles: readonly Role[]
  /** By `Permission`. */
  readonly permissions: Readonly<Record<string, Access>>
}

/** Whoever is signed in. */
export interface OwnAccount extends MemberProfile {
  readonly id: string
  readonly email: string
  readonly hasPhoto: boolean
  readonly hasSecondFactor: boolean
  readonly recoveryCodesLeft: number
  readonly signedInAt: number
  readonly shops: readonly OwnShop[]
}

export interface OwnSession {
  readonly id: string
  /** The one that asks. */
  readonly isThis: boolean
  readonly browser?: string
  readonly os?: string
  readonly device?: string
  /** Part of an address: 203.0.113.0 for all that begin so. */
  readonly addressGroup: string
  readonly createdAt: number
  readonly usedAt: number
}

export interface SecondFactorOffer {
  /** Base32, for who types it. */
  readonly secret: string
  /** `otpauth://…`, for who scans it. */
  readonly address: string
}

export interface RecoveryCodes {
  /** Each replaces one code of the second factor, once; they can't be shown again. */
  readonly codes: readonly string[]
}

/** A member, for the others of the shop. */
export interface ShopMember {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly alias: string | null
  readonly roles: readonly Role[]
  readonly hasPhoto: boolean
  readonly hasSecondFactor: boolean
  readonly joinedAt: number
  /** In any shop, as far as a session of theirs tells; null: they are signed out, or have not been here for long. */
  readonly seenAt: number | null
  /** Secret keys that they made, or that these made: they stop working when their maker goes, or may give them no more. */
  readonly keyCount: number
}

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly createdAt: number
  readonly expiresAt: number
}

/** What the inviter gets: the only time that the link is seen. */
export interface NewInvitation extends Invitation {
  readonly link: string
  /** It is on its way by mail too. */
  readonly isMailed: boolean
}
