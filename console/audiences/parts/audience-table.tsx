import type { ComponentChildren } from 'preact'
import type { Audience, AudienceGrowth } from '#protocol/audiences.ts'
import { useSession } from '../../session.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { targetingInWords } from '../../targeting/in-words.ts'
import { useTargetingNames } from '../../targeting/targeting-names.ts'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { audienceAddress } from '../addresses.ts'
import type { Asker } from '../used-by.ts'
import { AudienceActions } from './audience-actions.tsx'
import { Sparkline } from './sparkline.tsx'

interface AudienceTableProps {
  readonly audiences: readonly Audience[]
  readonly growth: readonly AudienceGrowth[]
  readonly askers: ReadonlyMap<string, readonly Asker[]>
  readonly empty: ComponentChildren
}

/** So many users of an audience are named. */
const MOST_NAMED = 2

export function AudienceTable({ audiences, growth, askers, empty }: AudienceTableProps) {
  const words = useWords()
  const { t, number, list } = words
  const { may } = useSession()
  const names = useTargetingNames()
  const daysOf = new Map(growth.map(({ audienceId, days }) => [audienceId, days]))

  function usedBy(id: string): string {
    const found = askers.get(id) ?? []
    const named = found.slice(0, MOST_NAMED).map(({ name }) => name)
    const rest = found.length - named.length
    return list(rest > 0 ? [...named, t('target.others', { n: rest })] : named)
  }

  return (
    <DataTable
      label={t('audience.title')}
      rows={audiences}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          title: t('audience.column.name'),
          isMain: true,
          cell: ({ id, name, condition }) => (
            <>
              <PageLink href={audienceAddress(id)}>{name}</PageLink>
              <p class="audience-words">{targetingInWords(condition, words, names)}</p>
            </>
          ),
        },
        {
          key: 'used',
          title: t('audience.column.used'),
          cell: ({ id }) => usedBy(id) && <span class="audience-askers">{usedBy(id)}</span>,
        },
        {
          key: 'growth',
          title: t('audience.column.growth'),
          cell: ({ id }) => <Sparkline days={daysOf.get(id) ?? []} />,
        },
        {
          key: 'size',
          title: t('audience.column.size'),
          isAtEnd: true,
          cell: ({ members, state, progress }) => (
            <>
              <span class="audience-figure">{number(members)}</span>
              {state === 'computing' && (
                <span class="audience-computing">
                  {t('audience.computing.share', {
                    n: Math.floor((progress.done / Math.max(1, progress.total)) * 100),
                  })}
                </span>
              )}
            </>
          ),
        },
        ...(may('audiences', 'edit')
          ? [
              {
                key: 'actions',
                title: '',
                isAtEnd: true,
                cell: (audience: Audience) => <AudienceActions audience={audience} isInList />,
              },
            ]
          : []),
      ]}
    />
  )
}
