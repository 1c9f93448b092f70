import type { PersonItem } from '#protocol/people.ts'
import { amountText } from '../../money.ts'
import { Ago } from '../../ui/ago.tsx'
import { Link } from '../../ui/link.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords, type Words } from '../../words.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { placeName, sourceName, visitorName } from '../person-words.ts'

interface PersonTableProps {
  readonly label: string
  readonly people: readonly PersonItem[]
}

/** People, a line each, that open to their pages. */
export function PersonTable({ label, people }: PersonTableProps) {
  const words = useWords()
  const { t, number } = words
  return (
    <div class="list-table">
      <DataTable
        label={label}
        rows={people}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          {
            key: 'name',
            title: t('people.name'),
            isMain: true,
            cell: (person) => <Name person={person} words={words} />,
          },
          {
            key: 'seen',
            title: t('people.last_seen'),
            cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} />,
          },
          {
            key: 'place',
            title: t('people.place'),
            cell: (person) => placeName(person, words),
          },
          {
            key: 'source',
            title: t('people.source'),
            cell: ({ source }) => sourceName(source),
          },
          {
            key: 'cart',
            title: t('people.cart'),
            cell: ({ cart }) => cart && cartWords(cart, words),
          },
          {
            key: 'visits',
            title: t('people.visits'),
            isAtEnd: true,
            cell: ({ visits }) => number(visits),
          },
          {
            key: 'orders',
            title: t('people.orders'),
            isAtEnd: true,
            cell: ({ orders }) => number(orders),
          },
          {
            key: 'spent',
            title: t('people.spent'),
            isAtEnd: true,
            cell: ({ spent }) => spentWords(spent, words),
          },
        ]}
      />
    </div>
  )
}

function Name({ person, words }: { readonly person: PersonItem; readonly words: Words }) {
  const { kind, id, name, email } = person
  return (
    <>
      <span class="person-name">
        <Link href={personAddress(kind, id)}>{name ?? visitorName(id, words)}</Link>
      </span>
      {email !== null && email !== name && <span class="person-note">{email}</span>}
    </>
  )
}

export function cartWords(cart: NonNullable<PersonItem['cart']>, words: Words): string {
  const pieces = words.t('people.pieces', { n: cart.quantity })
  return cart.value === undefined ? pieces : `${amountText(cart.value, words)} · ${pieces}`
}

/** Each currency by itself: sums of several are none. */
export function spentWords(spent: Readonly<Record<string, number>>, words: Words): string {
  return Object.entries(spent)
    .map(([currency, amount]) => amountText({ amount, currency }, words))
    .join(' + ')
}
