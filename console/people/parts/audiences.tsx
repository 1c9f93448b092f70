import { useState } from 'preact/hooks'
import type { Audience, ExplainAnswer } from '#protocol/audiences.ts'
import { AUDIENCES_PATH } from '#protocol/names.ts'
import type { Person } from '#protocol/people.ts'
import { useChanging, useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { audienceAddress } from '../../audiences/addresses.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { explain } from '../requests.ts'
import { Explained } from './explained.tsx'

type Answer = ExplainAnswer & { readonly audienceId: string }

/** Which audiences somebody is in, and of any of them, why or why not. */
export function Audiences({ person }: { readonly person: Person }) {
  const { t } = useWords()
  const { may } = useSession()
  const [asked, setAsked] = useState('')
  const [answer, setAnswer] = useState<Answer | undefined>(undefined)
  const explaining = useChanging(explain)
  const mayRead = may('audiences', 'read')
  const read = useReading<{ items: readonly Audience[] }>(mayRead ? AUDIENCES_PATH : undefined)
  const all = read.value?.items ?? []
  const { audiences } = person

  async function ask(audienceId: string): Promise<void> {
    setAsked(audienceId)
    const condition = all.find(({ id }) => id === audienceId)?.condition
    if (condition === undefined) return
    const { kind, id } = person
    const reply = await explaining.run({ whom: { kind, id }, condition })
    if (reply.refusal === undefined) setAnswer({ audienceId, ...reply.value })
  }

  return (
    <Section title={t('people.audiences')}>
      {audiences.length === 0 && <p class="person-quiet">{t('people.audiences.none')}</p>}
      <ul class="person-list">
        {audiences.map(({ id, name, since }) => (
          <li key={id}>
            <PageLink href={audienceAddress(id)}>{name}</PageLink>
            <span class="person-quiet">
              <Ago at={since} />
            </span>
          </li>
        ))}
      </ul>
      {all.length > 0 && (
        <div class="person-more">
          <FilterField
            label={t('people.why')}
            value={asked}
            options={[
              { value: '', label: t('people.why.choose') },
              ...all.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(audienceId) => void ask(audienceId)}
          />
          {asked !== '' && (
            <Explained
              answer={answer?.audienceId === asked ? answer : undefined}
              refused={explaining.refused}
            />
          )}
        </div>
      )}
    </Section>
  )
}
