import { LIVE_PAGE_PATH } from '#protocol/names.ts'
import type { LivePerson } from '#protocol/people.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { cartWords } from '../../people/parts/person-table.tsx'
import { placeName, visitorName } from '../../people/person-words.ts'
import '../../people/parts/list-bar.css'
import { Empty } from '../../ui/empty.tsx'
import { Link } from '../../ui/link.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { pathOf } from '../event-name.ts'
import type { LiveModel } from '../model.ts'
import { Closed } from './closed.tsx'
import { Figures } from './figures.tsx'

/** Who is on the shop now, where, from where and with which cart. */
export function PeopleParts({ model }: { readonly model: LiveModel }) {
  const { t } = useWords()
  const phase = model.phase.value
  if (phase === 'link_spent' || phase === 'forbidden' || phase === 'failed') {
    return <Closed why={phase} onRetry={model.retry} />
  }
  const people = model.people.value
  return (
    <>
      <Figures model={model} />
      {people === undefined && <Skeleton rows={6} />}
      {people?.length === 0 && (
        <Empty
          title={t('live.nobody')}
          text={t('live.nobody.text')}
          action={
            <Link href={`${LIVE_PAGE_PATH}?tab=events`} class="button">
              {t('live.show_events')}
            </Link>
          }
        />
      )}
      {people !== undefined && people.length > 0 && <PeopleTable model={model} people={people} />}
    </>
  )
}

interface PeopleTableProps {
  readonly model: LiveModel
  readonly people: readonly LivePerson[]
}

function PeopleTable({ model, people }: PeopleTableProps) {
  const words = useWords()
  const { t, ago } = words
  const now = model.now.value
  return (
    <div class="list-table live-people">
      <DataTable
        label={t('live.people')}
        rows={people}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          {
            key: 'name',
            title: t('people.name'),
            isMain: true,
            cell: ({ id, name }) => (
              <span class="person-name">
                <Link href={personAddress('visitor', id)}>{name ?? visitorName(id, words)}</Link>
              </span>
            ),
          },
          {
            key: 'page',
            title: t('live.page'),
            cell: ({ url }) => (url === null ? '–' : pathOf(url)),
          },
          {
            key: 'cart',
            title: t('people.cart'),
            cell: ({ cart }) => cart && cartWords(cart, words),
          },
          { key: 'source', title: t('people.source'), cell: ({ source }) => source },
          { key: 'place', title: t('people.place'), cell: (person) => placeName(person, words) },
          {
            key: 'device',
            title: t('event.device'),
            cell: ({ device }) => device && t(`device.${device}`),
          },
          {
            key: 'since',
            title: t('live.since'),
            isAtEnd: true,
            cell: ({ startedAt }) => ago(startedAt, now),
          },
          {
            key: 'seen',
            title: t('people.last_seen'),
            isAtEnd: true,
            cell: ({ lastSeenAt }) => ago(lastSeenAt, now),
          },
        ]}
      />
    </div>
  )
}
