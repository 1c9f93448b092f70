import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { CHANNELS_PATH } from '#protocol/names.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { changePresence } from '../inbox-requests.ts'
import { changeSeat } from '../requests.ts'
import { useTeam } from '../team-context.ts'
import './chat-status.css'

const SETTABLE = ['online', 'away'] as const

/** Whether whoever looks gets chats, and how they hear of them. Nothing for whoever answers in no channel. */
export function ChatStatus() {
  const words = useWords()
  const { t } = words
  const team = useTeam()
  const presenting = useChanging(changePresence, { renews: [CHANNELS_PATH] })
  const seating = useChanging(changeSeat, { renews: [CHANNELS_PATH] })
  const own = team?.presence.value
  if (team === undefined || own === undefined || own.channels.length === 0) return null
  const { alerts, phase } = team
  const isLive = phase.value === 'live'
  const isSeated = own.channels.some((channel) => channel.isSeated)
  const shown = isSeated ? own.presence : 'offline'
  const name = t(isLive ? `inbox.status.${shown}` : 'inbox.status.connecting')

  async function set(presence: (typeof SETTABLE)[number]): Promise<void> {
    const reply = await presenting.run({ presence })
    if (reply.refusal === undefined) team?.setPresence(reply.value)
    else say(refusalText(reply, words))
  }

  async function seat(id: string, isIn: boolean): Promise<void> {
    const reply = await seating.run({ id, isIn })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    await team?.renewPresence()
  }

  const items: readonly MenuItem[] = [
    ...SETTABLE.map((presence) => ({
      key: presence,
      label: t(`inbox.status.${presence}`),
      hint: t(`inbox.status.${presence}.hint`),
      isChecked: own.presence === presence,
      onSelect: () => void set(presence),
    })),
    ...own.channels.map((channel, at) => ({
      key: channel.id,
      label: t(channel.isSeated ? 'inbox.status.leave' : 'inbox.status.join', {
        name: channel.name,
      }),
      icon: channel.isSeated ? ('leave' as const) : ('plus' as const),
      isApart: at === 0,
      onSelect: () => void seat(channel.id, !channel.isSeated),
    })),
    {
      key: 'sound',
      label: t(alerts.isSoundOn.value ? 'inbox.sound.off' : 'inbox.sound.on'),
      icon: 'bell',
      isApart: true,
      onSelect: () => alerts.setSound(!alerts.isSoundOn.value),
    },
    ...(alerts.permission.value === 'default'
      ? [
          {
            key: 'notify',
            label: t('inbox.notify'),
            icon: 'screen' as const,
            onSelect: () => void alerts.allow(),
          },
        ]
      : []),
  ]
  return (
    <Menu
      class="nav-link chat-status"
      placement="bottom-start"
      name={t('inbox.status', { presence: name })}
      items={items}
      label={
        <>
          <span class="chat-dot" data-presence={isLive ? shown : 'offline'} />
          <span>{name}</span>
        </>
      }
    />
  )
}
