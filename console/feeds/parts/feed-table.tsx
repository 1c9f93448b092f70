import type { ComponentChildren } from 'preact'
import type { Feed } from '#protocol/feeds.ts'
import type { FileImport } from '#protocol/imports.ts'
import { useReading } from '../../queries.ts'
import { Moment, MomentAhead } from '../../settings/parts/moment.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { feedAddress, importPath } from '../addresses.ts'
import { feedStateOf } from '../feed-model.ts'
import { FeedStateMark } from './feed-state-mark.tsx'

interface FeedTableProps {
  readonly feeds: readonly Feed[]
  readonly empty: ComponentChildren
}

export function FeedTable({ feeds, empty }: FeedTableProps) {
  const { t, number } = useWords()
  return (
    <DataTable
      label={t('feed.title')}
      rows={feeds}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'url',
          title: t('feed.column.url'),
          isMain: true,
          cell: ({ id, url }) => (
            <PageLink href={feedAddress(id)} isCode>
              {url}
            </PageLink>
          ),
        },
        {
          key: 'state',
          title: t('feed.column.state'),
          cell: (feed) => <FeedStateMark state={feedStateOf(feed)} />,
        },
        {
          key: 'products',
          title: t('feed.column.products'),
          isAtEnd: true,
          cell: ({ importId, products }) => (importId === null ? '–' : number(products)),
        },
        {
          key: 'faults',
          title: t('feed.column.faults'),
          isAtEnd: true,
          cell: ({ importId }) => <FaultCount importId={importId} />,
        },
        {
          key: 'last',
          title: t('feed.column.last'),
          isAtEnd: true,
          cell: ({ lastRunAt }) => (lastRunAt === null ? '–' : <Moment at={lastRunAt} />),
        },
        {
          key: 'next',
          title: t('feed.column.next'),
          isAtEnd: true,
          cell: ({ nextRunAt }) => (nextRunAt === null ? '–' : <MomentAhead at={nextRunAt} />),
        },
      ]}
    />
  )
}

/** Lines that the newest file had and that were left out. A shop has five feeds at most, so each may ask. */
function FaultCount({ importId }: Pick<Feed, 'importId'>) {
  const { number } = useWords()
  const { value } = useReading<FileImport>(importPath(importId))
  return <>{value === undefined ? '–' : number(value.faultCount)}</>
}
