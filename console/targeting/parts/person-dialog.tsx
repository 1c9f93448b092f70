import { useEffect, useState } from 'preact/hooks'
import type { CustomerItem } from '#protocol/customers.ts'
import { CUSTOMERS_PATH, STORED_EVENTS_PATH } from '#protocol/names.ts'
import type { StoredEventAnswer } from '#protocol/visitors.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { pathOf } from '../../settings/path-of.ts'
import { Ago } from '../../ui/ago.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import { nameOfCustomer, newestVisitors, type Person } from '../person.ts'

interface PersonDialogProps {
  readonly onPick: (person: Person) => void
  readonly onClose: () => void
}

interface Items<Item> {
  readonly items: readonly Item[]
}

const WAIT_MS = 300

/** Whom to look at: a customer by name or address, or who was on the shop just now. */
export function PersonDialog({ onPick, onClose }: PersonDialogProps) {
  const { t } = useWords()
  const { may } = useSession()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed.trim())
  const customers = useReading<Items<CustomerItem>>(
    pathOf(CUSTOMERS_PATH, {}, { limit: '8', search }),
  )
  const events = useReading<Items<StoredEventAnswer>>(
    may('events', 'read') ? pathOf(STORED_EVENTS_PATH, {}, { limit: '100' }) : undefined,
  )
  const visitors = search === '' ? newestVisitors(events.value?.items ?? []) : []
  const found = customers.value?.items ?? []
  return (
    <Dialog title={t('target.explain')} isOpen onClose={onClose}>
      <TextField
        label={t('target.explain.search')}
        name="person"
        type="search"
        isRequired
        isFirst
        hint={t('target.explain.hint')}
        value={typed}
        onInput={setTyped}
      />
      {found.length > 0 && <h3 class="target-people-head">{t('target.explain.customers')}</h3>}
      <ul class="target-people">
        {found.map((customer) => (
          <li key={customer.id}>
            <button
              type="button"
              class="target-people-one"
              onClick={() =>
                onPick({ kind: 'customer', id: customer.id, name: nameOfCustomer(customer) })
              }
            >
              <span>{nameOfCustomer(customer)}</span>
              {customer.email !== undefined && (
                <span class="target-people-note">{customer.email}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {visitors.length > 0 && <h3 class="target-people-head">{t('target.explain.visitors')}</h3>}
      <ul class="target-people">
        {visitors.map(({ id, at, path }) => (
          <li key={id}>
            <button
              type="button"
              class="target-people-one"
              onClick={() =>
                onPick({
                  kind: 'visitor',
                  id,
                  name: t('target.explain.visitor', { id: id.slice(0, 6) }),
                })
              }
            >
              <span>{t('target.explain.visitor', { id: id.slice(0, 6) })}</span>
              <span class="target-people-note">
                {path && `${path} · `}
                <Ago at={at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {customers.value !== undefined && found.length === 0 && visitors.length === 0 && (
        <p class="target-people-note">{t('target.explain.none')}</p>
      )}
    </Dialog>
  )
}

/** What was typed last, once it rests. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
