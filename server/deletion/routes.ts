import { z } from 'zod'
import { DELETION_PROGRESS_PATH, SHOP_DELETION_PATH } from '#protocol/names.ts'
import { DeletionProgressSchema, NewDeletionSchema, ShopDeletionSchema } from '#protocol/shop.ts'
import type { Guards } from '../core/guards.ts'
import type { RouteDescription } from '../core/api/description.ts'
import { addressGroup } from '../core/client-address.ts'
import type { Clock } from '../core/clock.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireRecentSignIn, type MemberGuards } from '../core/member-guards.ts'
import type { RateLimit } from '../core/rate-limit.ts'
import type { Router } from '../core/router.ts'
import type { Deletion } from './service.ts'

interface DeletionRoutesDeps {
  readonly guards: Pick<MemberGuards, 'member'> & Pick<Guards, 'anyone'>
  readonly rateLimit: RateLimit
  readonly deletion: Deletion
  readonly now: Clock
}

const BODY_BYTES = 4_096

const TokenSchema = z.strictObject({ token: z.string().min(1).max(2_000) })

const topic = 'Shop'

const described: RouteDescription = {
  name: 'deleteShop',
  topic,
  summary: 'Ends the shop for everybody and erases all of it',
  text: 'At once no key, member or link opens it any more; its rows are erased in the background. That it was deleted, and by whom, stays in its audit log. Whoever deletes the last shop owns a new, empty one; a member of no other shop has no account any more.',
  body: { schema: ShopDeletionSchema },
  answer: { status: 202, schema: NewDeletionSchema },
  refusals: ['sign_in_again'],
  example: { body: { name: 'My shop' }, isShownOnly: true },
}

const describedProgress: RouteDescription = {
  name: 'readDeletion',
  topic,
  summary: 'How far the erasing of a deleted shop is, for a day',
  text: 'By the token that the deletion gave, and without a sign-in: whoever deleted their only shop has no account any more.',
  body: { schema: TokenSchema },
  answer: { status: 200, schema: DeletionProgressSchema },
  refusals: ['not_found', 'too_many_requests'],
  example: { body: { token: 'AQ' }, isShownOnly: true },
}

export function addDeletionRoutes(router: Router, deps: DeletionRoutesDeps): void {
  const { guards, rateLimit, deletion, now } = deps
  router.post(
    SHOP_DELETION_PATH,
    guards.member('deletion', 'edit'),
    async (request) => {
      const { call, shop, by, memberId } = request
      requireRecentSignIn(request, now())
      const { name } = await readJsonBody(call, ShopDeletionSchema, BODY_BYTES)
      return { status: 202, json: { token: await deletion.begin(shop.id, { name, by, memberId }) } }
    },
    described,
  )
  router.post(
    DELETION_PROGRESS_PATH,
    guards.anyone,
    async ({ call }) => {
      rateLimit.take('address', `deletion ${addressGroup(call.address)}`)
      const { token } = await readJsonBody(call, TokenSchema, BODY_BYTES)
      return { json: await deletion.progress(token) }
    },
    describedProgress,
  )
}
