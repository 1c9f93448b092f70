import { useState } from 'preact/hooks'
import type { Person } from '#protocol/people.ts'
import { useSession } from '../../session.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { customerName } from '../person-words.ts'
import { EditCustomer } from './edit-customer.tsx'

/** Who it is, as the shop told; changed where that is allowed. */
export function Who({ person }: { readonly person: Person }) {
  const { t, list } = useWords()
  const { may } = useSession()
  const [isEditing, setEditing] = useState(false)
  const { kind, customer } = person
  if (customer === null) {
    return (
      <Section title={t('people.who')}>
        <p class="person-quiet">{t('people.who.nobody')}</p>
      </Section>
    )
  }
  const { id, userId, email, phone, birthOn, languages, tags, attributes, isVerified } = customer
  return (
    <Section
      title={t('people.who')}
      actions={
        may('customers', 'edit') && (
          <Button kind="quiet" onClick={() => setEditing(true)}>
            {t('people.edit')}
          </Button>
        )
      }
    >
      {kind === 'visitor' && (
        <p>
          <PageLink href={personAddress('customer', id)}>
            {t('people.who.is', { name: customerName(customer) ?? id })}
          </PageLink>
        </p>
      )}
      <Facts
        facts={[
          { label: t('people.user_id'), value: userId },
          { label: t('people.email'), value: email },
          { label: t('people.phone'), value: phone },
          { label: t('people.birth'), value: birthOn },
          { label: t('people.languages'), value: list(languages) },
          { label: t('people.tags'), value: list(tags) },
          ...Object.entries(attributes).map(([label, value]) => ({
            label,
            value: Array.isArray(value) ? list(value.map(String)) : String(value),
          })),
          { label: t('people.vouched'), value: t(isVerified ? 'people.yes' : 'people.no') },
        ]}
      />
      {isEditing && <EditCustomer customer={customer} onClose={() => setEditing(false)} />}
    </Section>
  )
}
