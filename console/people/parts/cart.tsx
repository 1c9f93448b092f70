import type { Person } from '#protocol/people.ts'
import { amountText } from '../../money.ts'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { cartIn } from '../cart-in.ts'

/** What is in the cart now; nothing where it is empty. */
export function Cart({ person }: { readonly person: Person }) {
  const words = useWords()
  const { t, number } = words
  const cart = cartIn(person)
  if (cart === undefined) return null
  const { value, items } = cart
  return (
    <Section
      title={t('people.cart')}
      text={value === undefined ? undefined : amountText(value, words)}
    >
      <DataTable
        label={t('people.cart')}
        rows={items}
        keyOf={({ productId }) => productId}
        empty={null}
        columns={[
          {
            key: 'name',
            title: t('people.product'),
            isMain: true,
            cell: ({ name, productId }) => name ?? productId,
          },
          {
            key: 'quantity',
            title: t('people.quantity'),
            isAtEnd: true,
            cell: ({ quantity }) => number(quantity),
          },
          {
            key: 'price',
            title: t('people.price'),
            isAtEnd: true,
            cell: ({ price }) => price && amountText(price, words),
          },
        ]}
      />
    </Section>
  )
}
