import type { Audience } from '#protocol/audiences.ts'
import type { ContactList } from '#protocol/customers.ts'
import { AUDIENCES_PATH, LISTS_PATH } from '#protocol/names.ts'
import { useReading } from '../queries.ts'
import { useSession } from '../session.ts'
import type { TargetingNames } from './slot-words.ts'

interface Items<Item> {
  readonly items: readonly Item[]
}

/** What the shop's audiences and contact lists are called, for `targetingInWords`; read once for the whole page. */
export function useTargetingNames(): TargetingNames {
  const { may } = useSession()
  const audiences = useReading<Items<Audience>>(
    may('audiences', 'read') ? AUDIENCES_PATH : undefined,
  )
  const lists = useReading<Items<ContactList>>(may('customers', 'read') ? LISTS_PATH : undefined)
  return { audiences: namesOf(audiences.value), lists: namesOf(lists.value) }
}

function namesOf(
  read: Items<{ readonly id: string; readonly name: string }> | undefined,
): ReadonlyMap<string, string> {
  return new Map(read?.items.map(({ id, name }) => [id, name]))
}
