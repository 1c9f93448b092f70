import { useState } from 'preact/hooks'
import type { CannedReply, Channel } from '#protocol/chat-channels.ts'
import { CANNED_REPLIES_PATH, CHANNELS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { useSession } from '../session.ts'
import { Ago } from '../ui/ago.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Menu } from '../ui/menu.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { DataTable } from '../ui/table.tsx'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import { ReplyDialog } from './parts/reply-dialog.tsx'
import { found } from './found-replies.ts'
import { removeReply, saveReply, type Items } from './requests.ts'
import './channels.css'

const SEARCHED_FROM = 8

/** What operators say often, by shortcut. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const mayEdit = may('conversations', 'edit')
  const replies = useReading<Items<CannedReply>>(CANNED_REPLIES_PATH)
  const channels = useReading<Items<Channel>>(CHANNELS_PATH)
  const [edited, setEdited] = useState<CannedReply | 'new' | undefined>(undefined)
  const [search, setSearch] = useState('')
  const items = replies.value?.items ?? []
  const ofShop = channels.value?.items ?? []
  const nameOf = (channelId: string | null) =>
    channelId === null
      ? t('reply.all_channels')
      : (ofShop.find(({ id }) => id === channelId)?.name ?? t('channel.is_archived'))
  const add = mayEdit && (
    <Button kind="primary" icon="plus" onClick={() => setEdited('new')}>
      {t('reply.new')}
    </Button>
  )
  return (
    <PageFrame
      title={t('reply.title')}
      intro={t('reply.intro')}
      actions={items.length > 0 && add}
      isWide
    >
      <Loaded reading={replies} rows={4}>
        {() => (
          <>
            {items.length >= SEARCHED_FROM && (
              <div class="reply-search">
                <TextField
                  name="search"
                  type="search"
                  label={t('reply.search')}
                  value={search}
                  onInput={setSearch}
                  isRequired
                />
              </div>
            )}
            <div class="reply-table">
              <DataTable
                label={t('reply.title')}
                rows={found(items, search)}
                keyOf={({ id }) => id}
                empty={
                  items.length === 0 ? (
                    <Empty
                      title={t('reply.empty')}
                      text={t(mayEdit ? 'reply.empty.text' : 'reply.empty.own')}
                      action={add}
                    />
                  ) : (
                    <p class="control-hint">{t('reply.no_match')}</p>
                  )
                }
                columns={[
                  {
                    key: 'shortcut',
                    title: t('reply.shortcut'),
                    isMain: true,
                    cell: ({ shortcut }) => <code class="reply-shortcut">/{shortcut}</code>,
                  },
                  {
                    key: 'text',
                    title: t('reply.text'),
                    cell: ({ text }) => <span class="reply-text">{text}</span>,
                  },
                  {
                    key: 'channel',
                    title: t('reply.channel'),
                    cell: ({ channelId }) => nameOf(channelId),
                  },
                  {
                    key: 'changed',
                    title: t('reply.changed'),
                    cell: ({ updatedAt }) => <Ago at={updatedAt} />,
                  },
                  ...(mayEdit
                    ? [
                        {
                          key: 'actions',
                          title: '',
                          isAtEnd: true,
                          cell: (reply: CannedReply) => (
                            <Actions reply={reply} onEdit={() => setEdited(reply)} />
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            </div>
          </>
        )}
      </Loaded>
      <ReplyDialog edited={edited} channels={ofShop} onClose={() => setEdited(undefined)} />
    </PageFrame>
  )
}

function Actions({ reply, onEdit }: { readonly reply: CannedReply; readonly onEdit: () => void }) {
  const words = useWords()
  const { t } = words
  const renews = { renews: [CANNED_REPLIES_PATH] }
  const removing = useChanging(removeReply, renews)
  const saving = useChanging(saveReply, renews)
  const { id, shortcut, text, channelId } = reply

  async function remove(): Promise<void> {
    const answer = await removing.run(id)
    if (answer.refusal !== undefined) return say(refusalText(answer, words))
    say(t('reply.removed', { shortcut }), {
      undo: () => void saving.run({ shortcut, text, channelId }),
    })
  }

  return (
    <Menu
      class="button button-quiet"
      name={t('reply.actions', { shortcut })}
      label={<Icon name="more" />}
      items={[
        { key: 'edit', label: t('reply.edit'), onSelect: onEdit },
        {
          key: 'remove',
          label: t('reply.remove'),
          isDangerous: true,
          onSelect: () => void remove(),
        },
      ]}
    />
  )
}
