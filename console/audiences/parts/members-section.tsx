import type { Audience, AudienceMember } from '#protocol/audiences.ts'
import { useListing } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { MoreButton } from '../../settings/parts/more-button.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { membersPath, personAddress } from '../addresses.ts'

/** Who is in it now, and since when. */
export function MembersSection({ audience }: { readonly audience: Audience }) {
  const { t } = useWords()
  const { may } = useSession()
  const members = useListing<AudienceMember>(membersPath(audience.id))
  const mayOpen = may('customers', 'read')

  function nameOf({ kind, id, name }: AudienceMember): string {
    return name ?? t(`audience.member.${kind}`, { id: id.slice(0, 6) })
  }

  return (
    <Section title={t('audience.members')} text={t('audience.members.text')}>
      <Loaded reading={members} rows={4}>
        {(found) => (
          <DataTable
            label={t('audience.members')}
            rows={found}
            keyOf={({ kind, id }) => `${kind} ${id}`}
            empty={
              <p class="audience-none">
                {t(
                  audience.state === 'computing'
                    ? 'audience.members.computing'
                    : 'audience.members.none',
                )}
              </p>
            }
            columns={[
              {
                key: 'name',
                title: t('audience.member.name'),
                isMain: true,
                cell: (member) =>
                  mayOpen ? (
                    <PageLink href={personAddress(member.kind, member.id)}>
                      {nameOf(member)}
                    </PageLink>
                  ) : (
                    nameOf(member)
                  ),
              },
              {
                key: 'kind',
                title: t('audience.member.kind'),
                cell: ({ kind }) => t(`audience.member.is.${kind}`),
              },
              {
                key: 'since',
                title: t('audience.member.since'),
                isAtEnd: true,
                cell: ({ since }) => <Moment at={since} />,
              },
            ]}
          />
        )}
      </Loaded>
      <MoreButton listing={members} />
    </Section>
  )
}
