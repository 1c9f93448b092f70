import { useState } from 'preact/hooks'
import type { ShopMember } from '#protocol/account.ts'
import type { Channel, ChannelInvitation, ChannelOperator } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, MEMBER_PHOTO_PATH, MEMBERS_PATH } from '#protocol/names.ts'
import { RolesDialog } from '../../members/parts/roles-dialog.tsx'
import type { RolesModel } from '../../members/roles-model.ts'
import { useRoles } from '../../members/use-roles.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { pathOf } from '../../settings/path-of.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { MemberPhoto } from '../../ui/member-photo.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { OnOff } from '../../ui/on-off.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { invitationsPath, operatorsPath } from '../addresses.ts'
import { addOperators, removeOperator, type Items } from '../requests.ts'
import { AddOperatorsDialog } from './add-operators-dialog.tsx'
import { ChannelInvitations } from './channel-invitations.tsx'
import '../../members/members.css'

interface OperatorsTabProps {
  readonly channel: Channel
  readonly mayEdit: boolean
}

/** Who answers in the channel. */
export function OperatorsTab({ channel, mayEdit }: OperatorsTabProps) {
  const { t } = useWords()
  const { may } = useSession()
  const { id } = channel
  const operators = useReading<Items<ChannelOperator>>(operatorsPath(id))
  const invited = useReading<Items<ChannelInvitation>>(mayEdit ? invitationsPath(id) : undefined)
  const members = useReading<Items<ShopMember>>(may('members', 'read') ? MEMBERS_PATH : undefined)
  const [isAdding, setAdding] = useState(false)
  const roles = useRoles({ renews: [CHANNELS_PATH] })
  const ofShop = members.value?.items ?? []
  const add = mayEdit && (
    <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
      {t('operator.add')}
    </Button>
  )
  return (
    <div class="channel-operators">
      <header class="channel-part-head">
        <p class="control-hint">{t('operator.intro')}</p>
        {add}
      </header>
      <Loaded reading={operators} rows={3}>
        {({ items }) => (
          <div class="member-table">
            <DataTable
              label={t('channel.tab.operators')}
              rows={items}
              keyOf={({ memberId }) => memberId}
              empty={<Empty title={t('operator.none')} text={t('operator.none.text')} />}
              columns={[
                {
                  key: 'operator',
                  title: t('operator.one'),
                  isMain: true,
                  cell: (operator) => <Who operator={operator} />,
                },
                {
                  key: 'presence',
                  title: t('operator.presence'),
                  cell: (operator) => <There operator={operator} />,
                },
                {
                  key: 'chats',
                  title: t('operator.chats'),
                  isAtEnd: true,
                  cell: ({ activeChats }) => activeChats,
                },
                ...(mayEdit
                  ? [
                      {
                        key: 'actions',
                        title: '',
                        isAtEnd: true,
                        cell: (operator: ChannelOperator) => (
                          <Actions
                            channelId={id}
                            operator={operator}
                            member={ofShop.find((one) => one.id === operator.memberId)}
                            roles={roles}
                          />
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </div>
        )}
      </Loaded>
      <ChannelInvitations channelId={id} invited={invited.value?.items ?? []} />
      <RolesDialog model={roles} members={ofShop} />
      <AddOperatorsDialog
        channel={channel}
        isOpen={isAdding}
        members={ofShop}
        operators={operators.value?.items ?? []}
        onClose={() => setAdding(false)}
      />
    </div>
  )
}

function Who({ operator }: { readonly operator: ChannelOperator }) {
  const { t } = useWords()
  const { shop, account } = useSession()
  const { memberId, name, alias, hasPhoto } = operator
  const photo = pathOf(MEMBER_PHOTO_PATH, { memberId }, { shop: shop.key })
  return (
    <span class="member">
      <MemberPhoto name={name} src={hasPhoto ? photo : undefined} size="small" />
      <span class="member-words">
        <span class="member-name">
          {memberId === account.id ? t('operator.you', { name }) : name}
        </span>
        <span class="member-email">
          {alias === null ? t('operator.no_alias') : t('operator.alias', { alias })}
        </span>
      </span>
    </span>
  )
}

function There({ operator: { presence, isSeated } }: { readonly operator: ChannelOperator }) {
  const { t } = useWords()
  if (!isSeated) return <OnOff isOn={false} words={t('operator.not_joined')} />
  return <OnOff isOn={presence === 'online'} words={t(`presence.${presence}`)} />
}

interface ActionsProps {
  readonly channelId: string
  readonly operator: ChannelOperator
  /** As the shop knows them, where the reader may know it too. */
  readonly member: ShopMember | undefined
  readonly roles: RolesModel
}

function Actions({ channelId, operator, member, roles }: ActionsProps) {
  const words = useWords()
  const { t } = words
  const { memberId, name } = operator
  const renews = { renews: [CHANNELS_PATH] }
  const removing = useChanging(removeOperator, renews)
  const adding = useChanging(addOperators, renews)

  async function remove(): Promise<void> {
    const reply = await removing.run({ id: channelId, memberId })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t('operator.removed', { name }), { undo: () => void putBack() })
  }

  async function putBack(): Promise<void> {
    const reply = await adding.run({ id: channelId, memberIds: [memberId] })
    say(reply.refusal === undefined ? t('settings.restored') : refusalText(reply, words))
  }

  const items: readonly MenuItem[] = [
    ...(member === undefined
      ? []
      : [{ key: 'edit', label: t('operator.edit'), onSelect: () => roles.open('roles', member) }]),
    {
      key: 'remove',
      label: t('operator.remove'),
      isDangerous: true,
      onSelect: () => void remove(),
    },
  ]
  return (
    <Menu
      class="button button-quiet"
      name={t('operator.actions', { name })}
      label={<Icon name="more" />}
      items={items}
    />
  )
}
