import { useState } from 'preact/hooks'
import type { ConsentRecord } from '#protocol/customers.ts'
import { CUSTOMER_CONSENTS_PATH, PURPOSES } from '#protocol/names.ts'
import type { Person } from '#protocol/people.ts'
import { useReading } from '../../queries.ts'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { Ago } from '../../ui/ago.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'

/** What somebody allowed: on the page, and to be written to; with all that was said before. */
export function Consents({ person }: { readonly person: Person }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { consent, customer } = person
  return (
    <Section title={t('people.consent')}>
      {consent === null ? (
        <p class="person-quiet">{t('people.consent.none')}</p>
      ) : (
        <ul class="person-list">
          {PURPOSES.map((purpose) => (
            <li key={purpose}>
              <span>{t(`people.purpose.${purpose}`)}</span>
              <Granted isGranted={consent[purpose]} />
            </li>
          ))}
        </ul>
      )}
      {customer !== null && customer.consents.length > 0 && (
        <>
          <Records records={customer.consents} />
          <details
            class="person-more folds"
            onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
          >
            <summary>{t('people.consent.history')}</summary>
            {isOpen && <History customerId={customer.id} />}
          </details>
        </>
      )}
    </Section>
  )
}

function History({ customerId }: { readonly customerId: string }) {
  const reading = useReading<{ items: readonly ConsentRecord[] }>(
    pathOf(CUSTOMER_CONSENTS_PATH, { customerId }),
  )
  return (
    <Loaded reading={reading} rows={2}>
      {({ items }) => <Records records={items} />}
    </Loaded>
  )
}

function Records({ records }: { readonly records: readonly ConsentRecord[] }) {
  const { t } = useWords()
  return (
    <ul class="person-list person-more">
      {records.map(({ purpose, channel, isGranted, at, note }, i) => (
        <li key={i}>
          <span>
            {t(`people.purpose.${purpose}`)}, {t(`people.channel.${channel}`)}
            {note !== undefined && <span class="person-note">{note}</span>}
          </span>
          <span class="person-quiet person-said">
            <Granted isGranted={isGranted} />
            <Ago at={at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Granted({ isGranted }: { readonly isGranted: boolean }) {
  const { t } = useWords()
  return (
    <StateMark
      tone={isGranted ? 'good' : 'still'}
      text={t(isGranted ? 'people.consent.yes' : 'people.consent.no')}
    />
  )
}
