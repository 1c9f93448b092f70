import type { OwnShop, Role, ShopDraft } from '#protocol/account.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { KeyHolder, SessionHolder, Shop } from '../core/guards.ts'
import type { MemberSession } from '../core/member-guards.ts'
import { randomToken } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { requireCurrency, requireTimeZone } from './checks.ts'
import { listShopsOf } from './member-store.ts'
import { permissionsOf } from './permissions.ts'
import { insertRoles, listRolesOf } from './role-store.ts'
import { insertShop } from './store.ts'

/** The shops of whoever is signed in. */
export interface OwnShops {
  readonly list: (session: Pick<MemberSession, 'memberId'>) => Promise<OwnShop[]>
  /** Another shop of this installation, for who owns one already; its owner is whoever makes it. */
  readonly create: (session: MemberSession, draft: ShopDraft, by: Actor) => Promise<OwnShop>
  /**
   * The session as it stands to the shop that `shopKey` names. Every request names its own, so that two tabs with two
   * shops never mix them up. Refuses other people's shops as if there were none.
   */
  readonly enter: (session: MemberSession, shopKey: string | undefined) => Promise<SessionHolder>
  /** The number of one of their shops. */
  readonly idOf: (session: MemberSession, shopKey: string) => Promise<number>
}

interface OwnShopsDeps {
  readonly db: Database
  readonly now: Clock
  readonly shopOf: (shopId: number) => Promise<Shop>
  readonly findKeyHolder: (key: string) => Promise<KeyHolder | undefined>
}

export function createOwnShops({ db, now, shopOf, findKeyHolder }: OwnShopsDeps): OwnShops {
  async function enter(
    { memberId, memberName, signedInAt, expiresAt }: MemberSession,
    shopKey: string | undefined,
  ): Promise<SessionHolder> {
    if (shopKey === undefined) {
      throw new Refusal('bad_request', 'Name the shop by its public key in the header X-GP-Shop')
    }
    const holder = await findKeyHolder(shopKey)
    const shop = holder === undefined || holder.isVerified ? undefined : holder.shop
    const roles = shop === undefined ? [] : await listRolesOf(db, shop.id, memberId)
    if (shop === undefined || roles.length === 0) {
      throw new Refusal('not_found', 'You are a member of no such shop')
    }
    return { shop, roles, memberId, memberName, signedInAt, expiresAt }
  }

  async function list({ memberId }: Pick<MemberSession, 'memberId'>): Promise<OwnShop[]> {
    const rolesByShop = new Map<number, Role[]>()
    for (const { shopId, role } of await listShopsOf(db, memberId)) {
      rolesByShop.set(shopId, [...(rolesByShop.get(shopId) ?? []), role])
    }
    return Promise.all(
      [...rolesByShop].map(async ([shopId, roles]) => ownShop(await shopOf(shopId), roles)),
    )
  }

  return {
    list,
    enter,

    async create(session, { name, currency = 'USD', timeZone = 'UTC' }, by) {
      const { memberId } = session
      const ownsOne = (await listShopsOf(db, memberId)).some(({ role }) => role === 'owner')
      if (!ownsOne) throw new Refusal('forbidden', 'Only who owns a shop here may make another')
      const shop = {
        name,
        consentMode: 'anonymous',
        currency: requireCurrency(currency),
        timeZone: requireTimeZone(timeZone),
        createdAt: now(),
      } as const
      const shopId = await db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const id = await insertShop(handle, shop, `pub_${randomToken(16)}`)
        await insertRoles(handle, id, { memberId, roles: ['owner'], createdAt: now() })
        await recordChange(handle, id, {
          by,
          at: now(),
          action: 'shop.made',
          object: { kind: 'shop', id: '' },
          before: null,
          after: { name },
        })
        return id
      })
      return ownShop(await shopOf(shopId), ['owner'])
    },

    idOf: async (session, shopKey) => (await enter(session, shopKey)).shop.id,
  }
}

function ownShop(shop: Shop, roles: readonly Role[]): OwnShop {
  const { publicKey: key, name, currency, timeZone } = shop
  return { key, name, currency, timeZone, roles, permissions: permissionsOf(roles) }
}
