import {
  MAX_ORIGINS,
  type IdentityAnswer,
  type IdentitySettings,
  type ListedOrigin,
  type ShopSettings,
} from '#protocol/shop.ts'
import { changesOf, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import { randomToken } from '../core/tokens.ts'
import { createCloseShop, type CloseShop } from './close-shop.ts'
import { createAudited, type AuditedDeps } from './audited.ts'
import {
  requireCurrency,
  requireEd25519,
  requireName,
  requireOrigin,
  requireTimeZone,
} from './checks.ts'
import * as rows from './management-store.ts'
import { createSecretKeys, type SecretKeys } from './secret-keys.ts'
import * as store from './store.ts'

/** With what a draft may leave out. */
type WholeSettings = Omit<store.ShopRow, 'id'>

/** What a shop's own people and servers change about it; each change is in the audit log. */
export interface AccountManagement extends SecretKeys {
  /** Changes what is named; refuses what is no zone or currency. */
  readonly changeShop: (
    shopId: number,
    changes: Partial<ShopSettings>,
    by: Actor,
  ) => Promise<WholeSettings>
  readonly identity: (shopId: number) => Promise<IdentityAnswer>
  /** Refuses what is no public Ed25519 key. */
  readonly changeIdentity: (
    shopId: number,
    changes: Partial<IdentitySettings>,
    by: Actor,
  ) => Promise<IdentityAnswer>
  /** What signs user ids; makes it the first time that it is asked for. */
  readonly identitySecret: (shopId: number) => Promise<string>
  /** A new one. The one before counts until the next rotation. */
  readonly rotateIdentitySecret: (shopId: number, by: Actor) => Promise<string>
  readonly origins: (shopId: number) => Promise<ListedOrigin[]>
  /** The origin as it is stored, whether it was listed before or not. */
  readonly addOrigin: (shopId: number, origin: string, by: Actor) => Promise<ListedOrigin>
  readonly removeOrigin: (shopId: number, id: string, by: Actor) => Promise<void>
  readonly closeShop: CloseShop
}

const SHOP_FIELDS = [
  'name',
  'consentMode',
  'timeZone',
  'currency',
  'languages',
  'retentionMonths',
] as const
const IDENTITY_FIELDS = ['rule', 'jwtAlgorithm', 'jwtPublicKey']

export function createAccountManagement(deps: AuditedDeps): AccountManagement {
  const { db, now, forget } = deps
  const { changing, note } = createAudited(deps)

  async function identity(shopId: number): Promise<IdentityAnswer> {
    return identityOf(await store.findIdentity(db, shopId))
  }

  return {
    ...createSecretKeys(deps),
    closeShop: createCloseShop(deps),

    changeShop(shopId, changes, by) {
      const checked = checkedSettings(changes)
      return changing(async (transaction) => {
        const before = await rows.holdShop(transaction, shopId)
        if (before === undefined) throw new Error(`Shop ${shopId} is not there`)
        const settings = { ...settingsOf(before), ...checked }
        const changed = changesOf(settingsOf(before), settings, SHOP_FIELDS)
        if (isNothing(changed)) return settings
        await store.updateShop(transaction, shopId, checked)
        await note(transaction, shopId, { by, action: 'shop.changed', id: '', ...changed })
        return settings
      })
    },

    identity,

    async changeIdentity(shopId, { rule, jwtPublicKey: pem }, by) {
      const changes = {
        ...(rule !== undefined && { rule }),
        ...(pem !== undefined &&
          ({
            jwtPublicKey: pem === null ? null : requireEd25519(pem),
            jwtAlgorithm: pem === null ? 'HS256' : 'EdDSA',
          } as const)),
      }
      await changing(async (transaction) => {
        await rows.holdShop(transaction, shopId)
        const before = await store.findIdentity(transaction, shopId)
        await store.upsertIdentity(transaction, shopId, newIdentitySecret(), changes)
        const after = { ...toldIdentity(before), ...changes }
        const changed = changesOf(toldIdentity(before), after, IDENTITY_FIELDS)
        if (isNothing(changed)) return
        await note(transaction, shopId, { by, action: 'identity.changed', id: '', ...changed })
      })
      return identity(shopId)
    },

    async identitySecret(shopId) {
      await store.upsertIdentity(db, shopId, newIdentitySecret(), {})
      forget()
      const made = await store.findIdentity(db, shopId)
      if (made === undefined) throw new Error('The identity secret was not made')
      return made.secret
    },

    async rotateIdentitySecret(shopId, by) {
      const secret = newIdentitySecret()
      await changing(async (transaction) => {
        await store.upsertIdentity(transaction, shopId, secret, {})
        await store.rotateIdentitySecret(transaction, shopId, secret)
        const changed = { before: null, after: null }
        await note(transaction, shopId, { by, action: 'identity.secret_made', id: '', ...changed })
      })
      return secret
    },

    origins: (shopId) => rows.listOriginRows(db, shopId),

    addOrigin(shopId, text, by) {
      const origin = requireOrigin(text)
      return changing(async (transaction) => {
        const row = { origin, createdAt: now() }
        const id = await rows.insertOriginRow(transaction, shopId, row)
        if (id === undefined) {
          const listed = await rows.listOriginRows(transaction, shopId)
          const same = listed.find((one) => one.origin === origin)
          if (same === undefined) throw new Error('An origin was listed and is not there')
          return same
        }
        const made = { id: String(id), ...row }
        const changed = { before: null, after: { origin } }
        await note(transaction, shopId, { by, action: 'origin.added', id: made.id, ...changed })
        // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
        if ((await rows.countOriginRows(transaction, shopId)) > MAX_ORIGINS) {
          throw new Refusal('conflict', `A shop lists at most ${MAX_ORIGINS} origins: remove one`)
        }
        return made
      })
    },

    removeOrigin(shopId, id, by) {
      return changing(async (transaction) => {
        const origin = await rows.deleteOriginRow(transaction, shopId, rowOf(id))
        if (origin === undefined) throw new Refusal('not_found', 'The shop does not list it')
        const changed = { before: { origin }, after: null }
        await note(transaction, shopId, { by, action: 'origin.removed', id, ...changed })
      })
    },
  }
}

function checkedSettings(changes: Partial<ShopSettings>): Partial<ShopSettings> {
  const { name, consentMode, timeZone, currency, languages, retentionMonths } = changes
  return {
    ...(name !== undefined && { name: requireName(name) }),
    ...(consentMode !== undefined && { consentMode }),
    ...(timeZone !== undefined && { timeZone: requireTimeZone(timeZone) }),
    ...(currency !== undefined && { currency: requireCurrency(currency) }),
    ...(languages !== undefined && { languages }),
    ...(retentionMonths !== undefined && { retentionMonths }),
  }
}

function settingsOf(shop: store.ShopRow): WholeSettings {
  const { name, consentMode, currency, timeZone, languages, retentionMonths } = shop
  return { name, consentMode, currency, timeZone, languages, retentionMonths }
}

function isNothing({ before, after }: Changes): boolean {
  return Object.keys({ ...before, ...after }).length === 0
}

/** Without its secrets. */
function toldIdentity(row: store.IdentityRow | undefined) {
  const { rule = 'open', jwtAlgorithm = 'HS256', jwtPublicKey = null } = row ?? {}
  return { rule, jwtAlgorithm, jwtPublicKey }
}

function identityOf(row: store.IdentityRow | undefined): IdentityAnswer {
  return { ...toldIdentity(row), hasSecret: row !== undefined }
}

/** A form that no shop's public or secret key has, so that the wrong one is seen at a glance. */
function newIdentitySecret(): string {
  return `ids_${randomToken(32)}`
}

function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}
