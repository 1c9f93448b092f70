import type { ChatbotSummary } from '#protocol/chatbots.ts'
import { CHATBOTS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate, route } from '../../router.ts'
import { useSession } from '../../session.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import type { Items } from '../requests.ts'
import { CHATBOTS_ADDRESS } from '../addresses.ts'
import { botAddress, changeBot, copyBot, makeBot } from './bot-requests.ts'
import { useBotWords } from './bot-words.ts'
import { EXAMPLE } from './example.ts'

const ARCHIVE_ADDRESS = `${CHATBOTS_ADDRESS}?archived=true`

/** `/console/chatbots`: scripts that answer in chats. */
export function Page() {
  const words = useWords()
  const b = useBotWords()
  const { may } = useSession()
  const mayEdit = may('conversations', 'edit')
  const isArchive = route.value.query.get('archived') === 'true'
  const bots = useReading<Items<ChatbotSummary>>(
    isArchive ? `${CHATBOTS_PATH}?archived=true` : CHATBOTS_PATH,
  )
  const making = useChanging(makeBot, { renews: [CHATBOTS_PATH] })
  const items = bots.value?.items ?? []

  async function make(): Promise<void> {
    const reply = await making.run({ name: b('newName'), steps: [...EXAMPLE] })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    navigate(botAddress(reply.value.id))
  }

  const add = mayEdit && !isArchive && (
    <Button kind="primary" icon="plus" isBusy={making.isBusy} onClick={() => void make()}>
      {b('new')}
    </Button>
  )
  return (
    <PageFrame
      title={isArchive ? b('archiveTitle') : words.t('chatbot.title')}
      intro={b('intro')}
      actions={items.length > 0 && add}
      isWide
    >
      <Loaded reading={bots} rows={4}>
        {() => (
          <DataTable
            label={words.t('chatbot.title')}
            rows={items}
            keyOf={({ id }) => id}
            empty={
              isArchive ? (
                <Empty title={b('archiveEmpty')} text={b('archiveEmptyText')} />
              ) : (
                <Empty
                  title={b('empty')}
                  text={b(mayEdit ? 'emptyText' : 'emptyOwn')}
                  action={add}
                />
              )
            }
            columns={[
              {
                key: 'name',
                title: b('name'),
                isMain: true,
                cell: ({ id, name }) => <PageLink href={botAddress(id)}>{name}</PageLink>,
              },
              {
                key: 'steps',
                title: b('steps'),
                cell: ({ stepCount }) => words.number(stepCount),
              },
              {
                key: 'changed',
                title: b('changed'),
                cell: ({ updatedAt }) => <Ago at={updatedAt} />,
              },
              ...(mayEdit
                ? [
                    {
                      key: 'actions',
                      title: '',
                      isAtEnd: true,
                      cell: (bot: ChatbotSummary) => <Actions bot={bot} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      <p class="channel-archive">
        <PageLink href={isArchive ? CHATBOTS_ADDRESS : ARCHIVE_ADDRESS}>
          {b(isArchive ? 'back' : 'archiveOpen')}
        </PageLink>
      </p>
    </PageFrame>
  )
}

function Actions({ bot }: { readonly bot: ChatbotSummary }) {
  const words = useWords()
  const b = useBotWords()
  const renews = { renews: [CHATBOTS_PATH] }
  const changing = useChanging(changeBot, renews)
  const copying = useChanging(copyBot, renews)
  const { id, name, isArchived } = bot

  async function put(toArchive: boolean): Promise<void> {
    const reply = await changing.run({ id, isArchived: toArchive })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(b(toArchive ? 'archived' : 'restored', { name }), { undo: () => void put(!toArchive) })
  }

  async function copy(): Promise<void> {
    const reply = await copying.run(id)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(b('copied', { name: reply.value.name }))
  }

  return (
    <Menu
      class="button button-quiet"
      name={b('actions', { name })}
      label={<Icon name="more" />}
      items={[
        { key: 'edit', label: b('edit'), onSelect: () => navigate(botAddress(id)) },
        { key: 'copy', label: b('duplicate'), onSelect: () => void copy() },
        {
          key: 'archive',
          label: b(isArchived ? 'restore' : 'archive'),
          onSelect: () => void put(!isArchived),
        },
      ]}
    />
  )
}
