import type { Channel } from '#protocol/chat-channels.ts'
import {
  CHANNELS_PATH,
  CHAT_SETTINGS_PATH,
  MEMBER_PHOTO_PATH,
  OWN_PRESENCE_PATH,
} from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { pathOf } from '../../settings/path-of.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { MemberPhoto } from '../../ui/member-photo.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { OnOff } from '../../ui/on-off.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { channelAddress, picturePath } from '../addresses.ts'
import { changeChannel, changeSeat, changeSettings } from '../requests.ts'
import { useTeam } from '../team-context.ts'

interface ChannelCardProps {
  readonly channel: Channel
  readonly mayEdit: boolean
}

/** One channel: who is there, who waits, and whether the reader answers in it. */
export function ChannelCard({ channel, mayEdit }: ChannelCardProps) {
  const words = useWords()
  const { t, number } = words
  const { shop } = useSession()
  const { id, name, isSelected, isArchived, version } = channel
  const picture = `${picturePath(id)}?shop=${encodeURIComponent(shop.key)}&v=${version}`
  return (
    <li class="channel-card">
      <div class="channel-card-head">
        <MemberPhoto name={name} src={channel.hasAvatar ? picture : undefined} size="small" />
        <Link class="channel-card-name" href={channelAddress(id)}>
          {name}
        </Link>
        {isSelected && <Badge>{t('channel.selected')}</Badge>}
        {mayEdit && <CardMenu channel={channel} />}
      </div>
      <OnOff
        isOn={channel.operatorsOnline > 0}
        words={
          channel.operatorsOnline > 0
            ? t('channel.online', { n: channel.operatorsOnline, all: channel.operatorCount })
            : t('channel.nobody')
        }
      />
      {channel.operatorsHere.length > 0 && <Here channel={channel} />}
      <dl class="channel-card-figures">
        <div>
          <dt>{t('channel.waiting')}</dt>
          <dd>{number(channel.queuedCount)}</dd>
        </div>
        <div>
          <dt>{t('channel.running')}</dt>
          <dd>{number(channel.assignedCount)}</dd>
        </div>
      </dl>
      {channel.isOperator && !isArchived && <Seat channel={channel} />}
    </li>
  )
}

function Here({ channel: { operatorsHere, operatorsOnline } }: { readonly channel: Channel }) {
  const { t, list } = useWords()
  const { shop } = useSession()
  const others = operatorsOnline - operatorsHere.length
  const names = operatorsHere.map(({ name }) => name)
  return (
    <p class="channel-card-here">
      <span class="channel-card-photos">
        {operatorsHere.map(({ memberId, name, hasPhoto }) => {
          const photo = pathOf(MEMBER_PHOTO_PATH, { memberId }, { shop: shop.key })
          return (
            <MemberPhoto
              key={memberId}
              name={name}
              src={hasPhoto ? photo : undefined}
              size="small"
            />
          )
        })}
      </span>
      <span>{list(others > 0 ? [...names, t('channel.others', { n: others })] : names)}</span>
    </p>
  )
}

/**
 * Whoever has joined gets the channel's chats wherever in the console they are. What was told of one's own seat is newer
 * than the list of channels: it says at once that half an hour without activity took it.
 */
function Seat({ channel }: { readonly channel: Channel }) {
  const { id, name } = channel
  const words = useWords()
  const { t } = words
  const team = useTeam()
  const told = team?.presence.value?.channels.find((own) => own.id === id)
  const { isSeated, wasIdle } = told ?? { isSeated: channel.isSeated, wasIdle: false }
  const way = isSeated ? 'leave' : wasIdle ? 'join_again' : 'join'
  const seating = useChanging(changeSeat, { renews: [CHANNELS_PATH, OWN_PRESENCE_PATH] })

  async function change(isIn: boolean): Promise<void> {
    const reply = await seating.run({ id, isIn })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    await team?.renewPresence()
  }

  return (
    <div class="channel-card-seat">
      <Button
        kind={isSeated ? 'plain' : 'primary'}
        isBusy={seating.isBusy}
        name={t(`channel.${way}.label`, { name })}
        onClick={() => void change(!isSeated)}
      >
        {t(`channel.${way}`)}
      </Button>
      <span class="control-hint">
        {t(isSeated ? 'channel.joined' : wasIdle ? 'channel.was_idle' : 'channel.not_joined')}
      </span>
    </div>
  )
}

function CardMenu({ channel }: { readonly channel: Channel }) {
  const words = useWords()
  const { t } = words
  const { id, name, isArchived, isSelected } = channel
  const renews = { renews: [CHANNELS_PATH, CHAT_SETTINGS_PATH] }
  const changing = useChanging(changeChannel, renews)
  const selecting = useChanging(changeSettings, renews)

  async function archive(isAway: boolean): Promise<void> {
    const reply = await changing.run({ id, isArchived: isAway })
    if (reply.refusal === 'conflict') return say(t('channel.archive.selected'))
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    const message = t(isAway ? 'channel.archived' : 'channel.restored', { name })
    say(message, { undo: () => void archive(!isAway) })
  }

  async function select(): Promise<void> {
    const reply = await selecting.run({ isOn: true, channelId: id })
    say(reply.refusal === undefined ? t('ui.saved') : refusalText(reply, words))
  }

  const items: readonly MenuItem[] = isArchived
    ? [{ key: 'restore', label: t('channel.restore'), onSelect: () => void archive(false) }]
    : [
        ...(isSelected
          ? []
          : [{ key: 'select', label: t('channel.select'), onSelect: () => void select() }]),
        {
          key: 'archive',
          label: t('channel.archive'),
          isDangerous: true,
          onSelect: () => void archive(true),
        },
      ]
  return (
    <Menu
      class="button button-quiet"
      name={t('channel.actions', { name })}
      label={<Icon name="more" />}
      items={items}
    />
  )
}
