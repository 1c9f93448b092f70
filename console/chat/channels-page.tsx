import { useState } from 'preact/hooks'
import type { Channel, ChatSettings } from '#protocol/chat-channels.ts'
import { CHANNELS_PATH, CHAT_SETTINGS_PATH } from '#protocol/names.ts'
import { useEvery } from '../dashboard/use-every.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Link } from '../ui/link.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { CHANNELS_ADDRESS, CHATBOTS_ADDRESS, REPLIES_ADDRESS } from './addresses.ts'
import { ChannelCard } from './parts/channel-card.tsx'
import { ChatSwitch } from './parts/chat-switch.tsx'
import { NewChannelDialog } from './parts/new-channel-dialog.tsx'
import type { Items } from './requests.ts'
import { useToldSeats } from './use-told-seats.ts'
import './channels.css'

/** Who is there and who waits changes without anybody's doing here. */
const LOOK_EVERY_MS = 15_000

/** Where chats come in: cards to join and leave, and for whoever arranges them, chat's own switch. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const mayEdit = may('conversations', 'edit')
  const isArchive = route.value.query.get('archived') === 'true'
  const channels = useReading<Items<Channel>>(
    isArchive ? `${CHANNELS_PATH}?archived=true` : CHANNELS_PATH,
  )
  const settings = useReading<ChatSettings>(CHAT_SETTINGS_PATH)
  const [isMaking, setMaking] = useState(false)
  useEvery(LOOK_EVERY_MS, !isArchive, channels.again)
  useToldSeats(channels.again)
  const items = channels.value?.items ?? []

  return (
    <PageFrame
      title={t(isArchive ? 'channel.archive.title' : 'channel.title')}
      intro={t(isArchive ? 'channel.archive.intro' : 'channel.intro')}
      actions={
        <>
          {mayEdit && (
            <Link class="button" href={CHATBOTS_ADDRESS}>
              {t('chatbot.title')}
            </Link>
          )}
          <Link class="button" href={REPLIES_ADDRESS}>
            {t('reply.title')}
          </Link>
          {mayEdit && !isArchive && (
            <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
              {t('channel.new')}
            </Button>
          )}
        </>
      }
      isWide
    >
      {!isArchive && mayEdit && (
        <Loaded reading={settings} rows={1}>
          {(value) => <ChatSwitch settings={value} channels={items} />}
        </Loaded>
      )}
      <Loaded reading={channels} rows={4}>
        {() =>
          items.length === 0 ? (
            <NoChannels isArchive={isArchive} mayEdit={mayEdit} />
          ) : (
            <ul class="channel-cards">
              {items.map((channel) => (
                <ChannelCard key={channel.id} channel={channel} mayEdit={mayEdit} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <p class="channel-archive">
        {isArchive ? (
          <PageLink href={CHANNELS_ADDRESS}>{t('channel.archive.back')}</PageLink>
        ) : (
          mayEdit && (
            <PageLink href={`${CHANNELS_ADDRESS}?archived=true`}>
              {t('channel.archive.open')}
            </PageLink>
          )
        )}
      </p>
      <NewChannelDialog
        isOpen={isMaking}
        names={items.map(({ name }) => name)}
        onClose={() => setMaking(false)}
      />
    </PageFrame>
  )
}

function NoChannels({
  isArchive,
  mayEdit,
}: {
  readonly isArchive: boolean
  readonly mayEdit: boolean
}) {
  const { t } = useWords()
  if (isArchive) {
    return <Empty title={t('channel.archive.empty')} text={t('channel.archive.empty.text')} />
  }
  return (
    <Empty
      title={t(mayEdit ? 'channel.empty' : 'channel.empty.own')}
      text={t(mayEdit ? 'channel.empty.text' : 'channel.empty.own.text')}
    />
  )
}
