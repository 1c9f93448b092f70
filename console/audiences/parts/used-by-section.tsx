import type { Audience } from '#protocol/audiences.ts'
import type { Experience } from '#protocol/experiences.ts'
import { AUDIENCES_PATH, EXPERIENCES_PATH } from '#protocol/names.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { audienceAddress } from '../addresses.ts'
import { askersOf, type Asker } from '../used-by.ts'

interface Items<Item> {
  readonly items: readonly Item[]
}

export function UsedBySection({ id }: { readonly id: string }) {
  const { t } = useWords()
  return (
    <Section title={t('audience.used')}>
      <UsedBy id={id} />
    </Section>
  )
}

/** What would show something else, or to somebody else, if this audience were another. */
export function UsedBy({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { may } = useSession()
  const audiences = useReading<Items<Audience>>(AUDIENCES_PATH)
  const experiences = useReading<Items<Experience>>(
    may('experiences', 'read') ? EXPERIENCES_PATH : undefined,
  )
  const askers = askersOf(audiences.value?.items ?? [], experiences.value?.items ?? []).get(id)
  if (askers === undefined) return <p class="audience-none">{t('audience.used.none')}</p>
  return (
    <ul class="audience-users">
      {askers.map((asker) => (
        <li key={`${asker.kind} ${asker.id}`}>
          <PageLink href={addressOf(asker)}>{asker.name}</PageLink>
          <span>{t(`audience.used.${asker.kind}`)}</span>
        </li>
      ))}
    </ul>
  )
}

function addressOf({ kind, id }: Asker): string {
  return kind === 'audience' ? audienceAddress(id) : pathOf('/console/experience', {}, { id })
}
