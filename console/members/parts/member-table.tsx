import type { ShopMember } from '#protocol/account.ts'
import { MEMBER_PHOTO_PATH } from '#protocol/names.ts'
import { useSession } from '../../session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { MemberPhoto } from '../../ui/member-photo.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { OnOff } from '../../ui/on-off.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { whyNotChanged, whyNotGone } from '../role-rules.ts'
import type { RolesModel } from '../roles-model.ts'

interface MemberTableProps {
  readonly members: readonly ShopMember[]
  /** Undefined: the reader's roles change nobody's. */
  readonly open: RolesModel['open'] | undefined
  readonly onLeave: () => void
}

export function MemberTable({ members, open, onLeave }: MemberTableProps) {
  const { t, list } = useWords()
  return (
    <DataTable
      label={t('members.title')}
      rows={members}
      keyOf={({ id }) => id}
      empty={null}
      columns={[
        {
          key: 'member',
          title: t('members.member'),
          isMain: true,
          cell: (member) => <Who member={member} />,
        },
        {
          key: 'roles',
          title: t('members.roles'),
          cell: ({ roles }) => (
            <span class="member-roles">{list(roles.map((role) => t(`role.${role}`)))}</span>
          ),
        },
        {
          key: 'second-factor',
          title: t('members.second_factor'),
          cell: ({ hasSecondFactor }) => (
            <OnOff
              isOn={hasSecondFactor}
              words={t(hasSecondFactor ? 'members.second_factor.on' : 'members.second_factor.off')}
            />
          ),
        },
        {
          key: 'seen',
          title: t('members.seen'),
          cell: ({ seenAt }) =>
            seenAt === null ? t('members.seen.not_lately') : <Ago at={seenAt} />,
        },
        {
          key: 'joined',
          title: t('members.joined'),
          cell: ({ joinedAt }) => <Ago at={joinedAt} />,
        },
        {
          key: 'actions',
          title: '',
          isAtEnd: true,
          cell: (member) => (
            <Actions member={member} members={members} open={open} onLeave={onLeave} />
          ),
        },
      ]}
    />
  )
}

function Who({ member }: { readonly member: ShopMember }) {
  const { t } = useWords()
  const { account, shop } = useSession()
  const { id, name, email, hasPhoto } = member
  const photo = MEMBER_PHOTO_PATH.replace(':memberId', id)
  return (
    <span class="member">
      <MemberPhoto
        name={name}
        src={hasPhoto ? `${photo}?shop=${encodeURIComponent(shop.key)}` : undefined}
        size="small"
      />
      <span class="member-words">
        <span class="member-name">
          {name}
          {id === account.id && <Badge>{t('members.you')}</Badge>}
        </span>
        <span class="member-email">{email}</span>
      </span>
    </span>
  )
}

/** What stands against something is told where it would be done. */
function Actions({ member, members, open, onLeave }: MemberTableProps & { member: ShopMember }) {
  const { t } = useWords()
  const { account, shop } = useSession()
  const isOwn = member.id === account.id
  const noChange = whyNotChanged(member, shop.roles)
  const noGoing = whyNotGone(member, { members, own: shop.roles })
  const items: MenuItem[] = []
  if (open !== undefined) {
    items.push({
      key: 'roles',
      label: t('members.change'),
      ...(noChange !== undefined && { hint: t(`members.${noChange}`) }),
      onSelect: () => open('roles', member),
    })
  }
  if (isOwn || open !== undefined) {
    items.push({
      key: 'going',
      label: t(isOwn ? 'members.leave' : 'members.remove'),
      isDangerous: true,
      ...(noGoing !== undefined && { hint: t(`members.${noGoing}`) }),
      onSelect: () => (isOwn ? onLeave() : open?.('removal', member)),
    })
  }
  if (items.length === 0) return null
  return (
    <Menu
      label={<Icon name="more" />}
      name={t('members.actions', { name: member.name })}
      class="button button-quiet"
      items={items}
    />
  )
}
