import type { CustomerAnswer, CustomerPatch } from '#protocol/customers.ts'
import {
  CUSTOMER_PATH,
  CUSTOMER_PROFILE_PATH,
  EXPLAIN_PATH,
  VIEW_PATH,
  VIEWS_PATH,
  VISITOR_PROFILE_PATH,
} from '#protocol/names.ts'
import type { ExplainAnswer, SubjectKind } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { SavedView, ViewDraft } from '#protocol/views.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** Whom a page is about. */
export interface Whom {
  readonly kind: SubjectKind
  readonly id: string
}

export function saveView(view: ViewDraft): Promise<Reply<SavedView>> {
  return send<SavedView>(VIEWS_PATH, view)
}

export function removeView({ id }: SavedView): Promise<Reply<undefined>> {
  return change('DELETE', pathOf(VIEW_PATH, { viewId: id }))
}

export function changeTraits({
  customerId,
  traits,
}: {
  readonly customerId: string
  readonly traits: CustomerPatch['traits']
}): Promise<Reply<CustomerAnswer>> {
  return change<CustomerAnswer>('PATCH', pathOf(CUSTOMER_PATH, { customerId }), { traits })
}

export function eraseOne({ kind, id }: Whom): Promise<Reply<undefined>> {
  const path =
    kind === 'visitor'
      ? pathOf(VISITOR_PROFILE_PATH, { visitorId: id })
      : pathOf(CUSTOMER_PROFILE_PATH, { customerId: id })
  return change('DELETE', path)
}

export function explain({
  whom,
  condition,
}: {
  readonly whom: Whom
  readonly condition: Condition
}): Promise<Reply<ExplainAnswer>> {
  const named = whom.kind === 'visitor' ? { visitorId: whom.id } : { customerId: whom.id }
  return send<ExplainAnswer>(EXPLAIN_PATH, { condition, ...named })
}
