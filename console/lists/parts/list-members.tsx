import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ContactList, ListMember } from '#protocol/customers.ts'
import { LISTS_PATH } from '#protocol/names.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { useChanging, useListing } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { MoreButton } from '../../settings/parts/more-button.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { say } from '../../ui/toasts.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { listMembersPath } from '../addresses.ts'
import { changeMembers, type MembersChange } from '../requests.ts'

interface ListMembersProps {
  readonly list: ContactList
  readonly empty: ComponentChildren
}

/** Addresses, and whose they are where somebody is known by them. */
export function ListMembers({ list, empty }: ListMembersProps) {
  const words = useWords()
  const { t } = words
  const { may } = useSession()
  const members = useListing<ListMember>(listMembersPath(list.id))
  const changing = useChanging(changeMembers, { renews: [LISTS_PATH] })
  // Undoing comes later: by then it asks as the page does then.
  const changeRef = useRef(changing.run)
  useEffect(() => {
    changeRef.current = changing.run
  })

  async function change(asked: Omit<MembersChange, 'listId'>, done: () => void): Promise<void> {
    const reply = await changeRef.current({ listId: list.id, ...asked })
    if (reply.refusal === undefined) done()
    else say(refusalText(reply, words))
  }

  function remove({ kind, value }: ListMember): void {
    const address = { kind, value }
    const undo = () =>
      void change({ add: [address] }, () => say(t('lists.put_back', { address: value })))
    void change({ remove: [address] }, () => say(t('lists.removed', { address: value }), { undo }))
  }

  return (
    <>
      <Loaded reading={members} rows={5}>
        {(found) => (
          <DataTable
            label={t('lists.members')}
            rows={found}
            keyOf={({ kind, value }) => `${kind} ${value}`}
            empty={empty}
            columns={[
              {
                key: 'value',
                title: t('lists.member.address'),
                isMain: true,
                cell: ({ value }) => value,
              },
              {
                key: 'kind',
                title: t('lists.member.kind'),
                cell: ({ kind }) => t(`lists.columns.${kind}`),
              },
              {
                key: 'customer',
                title: t('lists.member.customer'),
                cell: ({ customerIds }) =>
                  customerIds.length === 0
                    ? t('lists.member.nobody')
                    : customerIds.map((id) => (
                        <PageLink key={id} href={personAddress('customer', id)}>
                          {t('lists.member.open')}
                        </PageLink>
                      )),
              },
              ...(may('customers', 'edit')
                ? [
                    {
                      key: 'actions',
                      title: '',
                      isAtEnd: true,
                      cell: (member: ListMember) => (
                        <Button
                          kind="quiet"
                          icon="trash"
                          name={t('lists.remove', { address: member.value })}
                          onClick={() => remove(member)}
                        />
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      <MoreButton listing={members} />
    </>
  )
}
