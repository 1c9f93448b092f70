import { z } from 'zod'
import {
  ACCESSES,
  LINK_KINDS,
  MemberProfileSchema,
  ROLES,
  type AccountLink,
  type Invitation,
  type NewInvitation,
  type OwnAccount,
  type OwnSession,
  type OwnShop,
  type RecoveryCodes,
  type SecondFactorOffer,
  type ShopMember,
} from './account.ts'

// What the routes of accounts answer, as the API's document shows it; the types stand beside what is asked.

const RolesSchema = z.array(z.enum(ROLES))

export const AccountLinkSchema = z
  .object({
    kind: z.enum(LINK_KINDS),
    email: z.string().exactOptional(),
    shopName: z.string().exactOptional(),
    roles: RolesSchema,
    hasAccount: z.boolean(),
  })
  .meta({ id: 'AccountLink' }) satisfies z.ZodType<AccountLink>

export const OwnShopSchema = z
  .object({
    /** Its public key: what `X-GP-Shop` names it by. */
    key: z.string(),
    name: z.string(),
    currency: z.string(),
    timeZone: z.string(),
    roles: RolesSchema,
    permissions: z.record(z.string(), z.enum(ACCESSES)),
  })
  .meta({ id: 'OwnShop' }) satisfies z.ZodType<OwnShop>

export const OwnAccountSchema = z
  .object({
    ...MemberProfileSchema.shape,
    id: z.string(),
    email: z.string(),
    hasPhoto: z.boolean(),
    hasSecondFactor: z.boolean(),
    recoveryCodesLeft: z.int(),
    signedInAt: z.int(),
    shops: z.array(OwnShopSchema),
  })
  .meta({ id: 'OwnAccount' }) satisfies z.ZodType<OwnAccount>

export const OwnSessionSchema = z
  .object({
    id: z.string(),
    isThis: z.boolean(),
    browser: z.string().exactOptional(),
    os: z.string().exactOptional(),
    device: z.string().exactOptional(),
    addressGroup: z.string(),
    createdAt: z.int(),
    usedAt: z.int(),
  })
  .meta({ id: 'OwnSession' }) satisfies z.ZodType<OwnSession>

export const SecondFactorOfferSchema = z.object({
  secret: z.string(),
  address: z.string(),
}) satisfies z.ZodType<SecondFactorOffer>

export const RecoveryCodesSchema = z.object({
  codes: z.array(z.string()),
}) satisfies z.ZodType<RecoveryCodes>

export const ShopMemberSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    alias: z.string().nullable(),
    roles: RolesSchema,
    hasPhoto: z.boolean(),
    hasSecondFactor: z.boolean(),
    joinedAt: z.int(),
    seenAt: z.int().nullable(),
    keyCount: z.int(),
  })
  .meta({ id: 'ShopMember' }) satisfies z.ZodType<ShopMember>

export const InvitationAnswerSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    roles: RolesSchema,
    createdAt: z.int(),
    expiresAt: z.int(),
  })
  .meta({ id: 'Invitation' }) satisfies z.ZodType<Invitation>

export const NewInvitationSchema = z.object({
  ...InvitationAnswerSchema.shape,
  link: z.string(),
  isMailed: z.boolean(),
}) satisfies z.ZodType<NewInvitation>
