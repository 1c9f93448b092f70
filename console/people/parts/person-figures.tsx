import type { Person } from '#protocol/people.ts'
import { Ago } from '../../ui/ago.tsx'
import { useWords } from '../../words.ts'
import { spentWords } from './person-table.tsx'

/** What one wants to know of a person before anything else. */
export function PersonFigures({ person }: { readonly person: Person }) {
  const words = useWords()
  const { t, number } = words
  const { profile, firstSeenAt, lastSeenAt } = person
  const minutes = Math.round((profile?.secondsOnSite ?? 0) / 60)
  return (
    <dl class="person-figures">
      <div>
        <dt>{t('people.last_seen')}</dt>
        <dd>
          <Ago at={lastSeenAt} />
        </dd>
      </div>
      <div>
        <dt>{t('people.first_seen')}</dt>
        <dd>
          <Ago at={firstSeenAt} />
        </dd>
      </div>
      <div>
        <dt>{t('people.visits')}</dt>
        <dd>{number(profile?.visits ?? 0)}</dd>
      </div>
      <div>
        <dt>{t('people.minutes')}</dt>
        <dd>{number(minutes)}</dd>
      </div>
      <div>
        <dt>{t('people.orders')}</dt>
        <dd>{number(profile?.orders ?? 0)}</dd>
      </div>
      <div>
        <dt>{t('people.spent')}</dt>
        <dd>{spentWords(profile?.spent ?? {}, words) || '–'}</dd>
      </div>
    </dl>
  )
}
