import { z } from 'zod'
import {
  IdentityAnswerSchema,
  IdentitySecretSchema,
  IdentitySettingsSchema,
  KeyDraftSchema,
  KeyNameDraftSchema,
  NewKeySchema,
  OriginDraftSchema,
  OriginSchema,
  SecretKeySchema,
  ShopAnswerSchema,
  ShopSettingsSchema,
} from '#protocol/shop.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { idOf, pageOf } from '../core/api/fields.ts'

const topic = 'Shop'

export const LinkSchema = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

export const describedLink: RouteDescription = {
  name: 'spendOneTimeLink',
  topic: 'Console',
  summary: 'Opens the console with a one-time link; for the console’s own pages only',
  body: { schema: LinkSchema },
  answer: { status: 204 },
  refusals: ['forbidden', 'link_spent', 'too_many_requests'],
  example: { body: { token: '$LINK_TOKEN' } },
}

export const describedShop = {
  read: {
    name: 'readShop',
    topic,
    summary: 'The shop’s settings and its public key',
    answer: { status: 200, schema: ShopAnswerSchema },
    example: {},
  },
  replace: {
    name: 'replaceShopSettings',
    topic,
    summary: 'Replaces the shop’s settings',
    text: 'Pages follow within five seconds. “languages” and “retentionMonths” stay as they are where they are left out. With “retentionMonths”, events and sessions that arrived earlier are deleted every night; see /api/v1/shop/retention.',
    body: { schema: ShopSettingsSchema },
    answer: { status: 200, schema: ShopAnswerSchema },
    refusals: ['sign_in_again'],
    example: {
      body: {
        name: 'Demo shop',
        consentMode: 'anonymous',
        timeZone: 'America/Bogota',
        currency: 'COP',
        languages: ['es', 'en'],
        retentionMonths: null,
      },
    },
  },
  identity: {
    name: 'readIdentitySettings',
    topic,
    summary: 'How user ids are believed',
    answer: { status: 200, schema: IdentityAnswerSchema },
    example: {},
  },
  replaceIdentity: {
    name: 'replaceIdentitySettings',
    topic,
    summary: 'Replaces how user ids are believed',
    text: 'With “required” a user id counts only with a proof of the shop’s server; see /docs/identity.',
    body: { schema: IdentitySettingsSchema },
    answer: { status: 200, schema: IdentityAnswerSchema },
    example: { body: { rule: 'open', jwtPublicKey: null } },
  },
  rotateSecret: {
    name: 'rotateIdentitySecret',
    topic,
    summary: 'Makes a new identity secret and tells it',
    text: 'The one before counts until the next rotation. Keep it on a server, never in a page.',
    answer: { status: 201, schema: IdentitySecretSchema },
    refusals: ['sign_in_again'],
    example: {},
  },
  origins: {
    name: 'listOrigins',
    topic,
    summary: 'Whose pages may send; while none is listed, any may',
    answer: { status: 200, schema: pageOf(OriginSchema) },
    example: {},
  },
  addOrigin: {
    name: 'addOrigin',
    topic,
    summary: 'Lists an origin; one that was listed before is answered as it is',
    body: { schema: OriginDraftSchema },
    answer: { status: 201, schema: OriginSchema },
    refusals: ['conflict'],
    example: { body: { origin: 'https://shop.example' }, gives: { ORIGIN_ID: 'id' } },
  },
  removeOrigin: {
    name: 'deleteOrigin',
    topic,
    summary: 'Takes an origin off the list',
    params: { id: idOf('a listed origin') },
    answer: { status: 204 },
    example: { params: { id: '$ORIGIN_ID' } },
  },
  keys: {
    name: 'listSecretKeys',
    topic,
    summary:
      'The secret keys that open something, with what they are for and when they were used last',
    text: 'A member who may have keys of their own alone is told of those.',
    answer: { status: 200, schema: pageOf(SecretKeySchema) },
    example: {},
  },
  createKey: {
    name: 'createSecretKey',
    topic,
    summary: 'Makes a secret key and tells it, this once',
    text: 'Nobody gives a scope that they have not themselves.',
    body: { schema: KeyDraftSchema },
    answer: { status: 201, schema: NewKeySchema },
    refusals: ['sign_in_again', 'conflict'],
    example: {
      body: { name: 'Order sync', scopes: ['events:write'] },
      gives: { KEY_ID: 'id' },
    },
  },
  renameKey: {
    name: 'renameSecretKey',
    topic,
    summary: 'Gives a key another name',
    params: { id: idOf('a secret key') },
    body: { schema: KeyNameDraftSchema },
    answer: { status: 200, schema: SecretKeySchema },
    example: { params: { id: '$KEY_ID' }, body: { name: 'Order sync, new server' } },
  },
  revokeKey: {
    name: 'revokeSecretKey',
    topic,
    summary: 'From now on the key opens nothing, in every process within five seconds',
    text: 'A key revokes none that may do more than itself.',
    params: { id: idOf('a secret key') },
    answer: { status: 204 },
    example: { params: { id: '$KEY_ID' } },
  },
} as const satisfies Record<string, RouteDescription>
