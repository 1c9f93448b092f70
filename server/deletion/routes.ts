import { SHOP_DELETION_PATH } from '#protocol/names.ts'
import { ShopDeletionSchema } from '#protocol/shop.ts'
import type { RouteDescription } from '../core/api/description.ts'
import type { Clock } from '../core/clock.ts'
import { readJsonBody } from '../core/json-body.ts'
import { requireRecentSignIn, type MemberGuards } from '../core/member-guards.ts'
import type { Router } from '../core/router.ts'
import type { Deletion } from './service.ts'

interface DeletionRoutesDeps {
  readonly guards: Pick<MemberGuards, 'member'>
  readonly deletion: Deletion
  readonly now: Clock
}

const BODY_BYTES = 4_096

const described: RouteDescription = {
  name: 'deleteShop',
  topic: 'Shop',
  summary: 'Ends the shop for everybody and erases all of it',
  text: 'At once no key, member or link opens it any more; its rows are erased in the background. That it was deleted, and by whom, stays in its audit log. Whoever deletes the last shop owns a new, empty one.',
  body: { schema: ShopDeletionSchema },
  answer: { status: 204 },
  refusals: ['sign_in_again'],
  example: { body: { name: 'My shop' }, isShownOnly: true },
}

export function addDeletionRoutes(router: Router, deps: DeletionRoutesDeps): void {
  const { guards, deletion, now } = deps
  router.post(
    SHOP_DELETION_PATH,
    guards.member('deletion', 'edit'),
    async (request) => {
      const { call, shop, by, memberId } = request
      requireRecentSignIn(request, now())
      const { name } = await readJsonBody(call, ShopDeletionSchema, BODY_BYTES)
      await deletion.begin(shop.id, { name, by, memberId })
      return {}
    },
    described,
  )
}
