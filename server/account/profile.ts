import type { MemberProfile, OwnAccount } from '#protocol/account.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { MemberSession } from '../core/member-guards.ts'
import type { Database } from '../db/database.ts'
import { requireTimeZone } from './checks.ts'
import { findTraitsOf, updateProfile } from './member-store.ts'
import type { OwnShops } from './own-shops.ts'
import { deletePhoto, findPhoto, photoTypeOf, upsertPhoto, type Photo } from './photos.ts'
import { findMemberOfShop } from './role-store.ts'
import { countRecoveryCodes } from './second-factor-store.ts'
import { memberOf } from './second-factor.ts'

export interface Profile {
  readonly read: (session: MemberSession) => Promise<OwnAccount>
  readonly change: (session: MemberSession, profile: MemberProfile) => Promise<OwnAccount>
  /** Refuses what is no PNG, JPEG or WebP. */
  readonly setPhoto: (session: MemberSession, content: Buffer) => Promise<void>
  readonly removePhoto: (session: MemberSession) => Promise<void>
  readonly photo: (memberId: number) => Promise<Photo>
  /** Of a member of this shop. */
  readonly photoIn: (shopId: number, publicId: string) => Promise<Photo>
}

interface ProfileDeps {
  readonly db: Database
  readonly now: Clock
  readonly shops: OwnShops
}

export function createProfile({ db, now, shops }: ProfileDeps): Profile {
  async function read(session: MemberSession): Promise<OwnAccount> {
    const { id, publicId, passwordHash: _, ...member } = await memberOf(db, session)
    const { secured, pictured } = await findTraitsOf(db, [id])
    return {
      id: publicId.toString('base64url'),
      ...member,
      hasPhoto: pictured.has(id),
      hasSecondFactor: secured.has(id),
      recoveryCodesLeft: await countRecoveryCodes(db, id),
      signedInAt: session.signedInAt,
      shops: await shops.list(session),
    }
  }

  async function photo(memberId: number | undefined): Promise<Photo> {
    const found = memberId === undefined ? undefined : await findPhoto(db, memberId)
    if (found === undefined) throw new Refusal('not_found', 'There is no photo')
    return found
  }

  return {
    read,

    async change(session, profile) {
      const timeZone = profile.timeZone === null ? null : requireTimeZone(profile.timeZone)
      await updateProfile(db, session.memberId, { ...profile, timeZone })
      return read(session)
    },

    async setPhoto({ memberId }, content) {
      const type = photoTypeOf(content)
      if (type === undefined) throw new Refusal('bad_request', 'Send a PNG, JPEG or WebP image')
      await upsertPhoto(db, memberId, { type, content, changedAt: now() })
    },

    removePhoto: ({ memberId }) => deletePhoto(db, memberId),

    photo,

    async photoIn(shopId, publicId) {
      const bytes = Buffer.from(publicId, 'base64url')
      return photo(await findMemberOfShop(db, shopId, bytes))
    },
  }
}
