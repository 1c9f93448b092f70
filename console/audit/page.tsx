import type { ShopMember } from '#protocol/account.ts'
import type { AuditEntry } from '#protocol/audit.ts'
import { MEMBERS_PATH } from '#protocol/names.ts'
import { useNow } from '../clock.ts'
import type { MessageKey } from '../messages/en.ts'
import { useListing, useReading } from '../queries.ts'
import { navigate, route } from '../router.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords, type Words } from '../words.ts'
import './audit.css'
import { addressOf, askedPath, filterIn, type AuditFilter } from './entries.ts'
import { ChainCheck } from './parts/chain-check.tsx'
import { EntryRow } from './parts/entry-row.tsx'
import { Filters } from './parts/filters.tsx'

/** Who changed what in the shop, and when. */
export function Page() {
  const words = useWords()
  const { t } = words
  const { may } = useSession()
  const { path, query } = route.value
  const filter = filterIn(query)
  const listing = useListing<AuditEntry>(askedPath(filter))
  const mayName = may('members', 'read')
  const members = useReading<{ items: readonly ShopMember[] }>(mayName ? MEMBERS_PATH : undefined)
  const people = members.value?.items ?? []
  const look = (wanted: AuditFilter) => navigate(addressOf(path, wanted), { replace: true })
  const isFiltered = Object.values(filter).some((value) => value !== '')
  const now = useNow()
  return (
    <PageFrame title={t('audit.title')} intro={t('audit.intro')} isWide>
      <ChainCheck now={now} />
      <Filters filter={filter} members={people} onChange={look} />
      <Loaded reading={listing} rows={8}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty
              title={t(isFiltered ? 'audit.no_match' : 'audit.empty.title')}
              text={t(isFiltered ? 'audit.no_match.text' : 'audit.empty.text')}
              {...(isFiltered && {
                action: <Button onClick={() => navigate(path)}>{t('audit.clear')}</Button>,
              })}
            />
          ) : (
            <ol class="audit-list">
              {entries.map((entry) => (
                <EntryRow
                  key={entry.seq}
                  entry={entry}
                  who={whoOf(entry, people, words)}
                  now={now}
                />
              ))}
            </ol>
          )
        }
      </Loaded>
      {listing.hasMore && (
        <p class="audit-more">
          <Button isBusy={listing.isReadingMore} onClick={listing.more}>
            {t('ui.more')}
          </Button>
        </p>
      )}
      <p class="audit-proof">
        {t('audit.proof')} <code>npm run audit-log</code>
      </p>
    </PageFrame>
  )
}

const COMMANDS: Readonly<Record<string, MessageKey>> = {
  link: 'audit.by_link',
  retention: 'audit.by_retention',
}

function whoOf({ actor }: AuditEntry, people: readonly ShopMember[], { t }: Words): string {
  if (actor.kind === 'key') return t('audit.by_key', { ending: actor.name })
  if (actor.kind === 'command') return t(COMMANDS[actor.name] ?? 'audit.by_command')
  return people.find(({ id }) => id === actor.name)?.name ?? t('audit.by_former')
}
