import { useEffect, useState } from 'preact/hooks'
import type { Channel } from '#protocol/chat-channels.ts'
import type { Conversation, UsedTags } from '#protocol/chat-conversations.ts'
import { CHANNELS_PATH, CONVERSATION_TAGS_PATH } from '#protocol/names.ts'
import { shopDay } from '#protocol/shop-day.ts'
import { ListBar } from '../../people/parts/list-bar.tsx'
import { ListEnd } from '../../people/parts/list-end.tsx'
import { useListing, useReading } from '../../queries.ts'
import { navigate } from '../../router.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useSession } from '../../session.ts'
import { useWords } from '../../words.ts'
import { CHANNELS_ADDRESS } from '../addresses.ts'
import { listedNow } from '../conversation-list.ts'
import {
  INBOX_VIEWS,
  inboxAddress,
  listPath,
  type InboxPlace,
  type InboxView,
} from '../inbox-addresses.ts'
import type { Items } from '../requests.ts'
import type { TeamModel } from '../team-model.ts'
import { ConversationRow } from './conversation-row.tsx'

interface InboxListProps {
  readonly model: TeamModel
  readonly place: InboxPlace
}

/** Which conversations there are, the newest first; it goes on by itself. */
export function InboxList({ model, place }: InboxListProps) {
  const { t } = useWords()
  const listing = useListing<Conversation>(listPath(place))
  const channels = useReading<Items<Channel>>(CHANNELS_PATH)
  const usedTags = useReading<UsedTags>(CONVERSATION_TAGS_PATH)
  const { value } = listing
  useEffect(() => {
    if (value !== undefined) model.learn(value)
  }, [value, model])
  const { memberId } = model
  const { timeZone } = useSession().shop
  const [today] = useState(() => shopDay(Date.now(), timeZone))
  const ofShop = channels.value?.items ?? []
  const tags = (usedTags.value?.items ?? []).map(({ tag }) => tag)
  const go = (change: Partial<InboxPlace>) =>
    navigate(inboxAddress({ ...place, ...change, isDetails: false }), { replace: true })
  return (
    <section class="inbox-list" aria-label={t('inbox.list')}>
      <header class="inbox-list-head">
        <p class="inbox-name" aria-hidden="true">
          {t('inbox.title')}
        </p>
        <ListBar
          searchLabel={t('inbox.search')}
          search={place.search}
          onSearch={(search) => go({ search })}
        >
          <FilterField<InboxView>
            label={t('inbox.view')}
            value={place.view}
            options={INBOX_VIEWS.map((view) => ({ value: view, label: t(`inbox.view.${view}`) }))}
            onChange={(view) => go({ view })}
          />
          {ofShop.length > 1 && (
            <FilterField
              label={t('inbox.channel')}
              value={place.channel}
              options={[
                { value: '', label: t('inbox.channel.all') },
                ...ofShop.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(channel) => go({ channel })}
            />
          )}
          {(tags.length > 0 || place.tag !== '') && (
            <FilterField
              label={t('inbox.tag')}
              value={place.tag}
              options={[
                { value: '', label: t('inbox.tag.all') },
                ...[...new Set([place.tag, ...tags])]
                  .filter((tag) => tag !== '')
                  .map((tag) => ({ value: tag, label: tag })),
              ]}
              onChange={(tag) => go({ tag })}
            />
          )}
        </ListBar>
      </header>
      <div class="inbox-scroll">
        <Loaded reading={listing} rows={8}>
          {(listed) => {
            const rows = listedNow(listed, model.known.value, { place, memberId, today })
            return rows.length === 0 ? (
              <NothingHere place={place} hasChannels={ofShop.length > 0} />
            ) : (
              <ul class="inbox-rows">
                {rows.map((conversation) => (
                  <ConversationRow
                    key={conversation.id}
                    conversation={conversation}
                    href={inboxAddress({ ...place, id: conversation.id, isDetails: false })}
                    isOpen={conversation.id === place.id}
                    isNew={model.fresh.value.has(conversation.id)}
                    memberId={memberId}
                  />
                ))}
              </ul>
            )
          }}
        </Loaded>
        <ListEnd listing={listing} isLooking={false} />
      </div>
    </section>
  )
}

/** The row after the one that has the focus, or after the open one. */
export function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.inbox-link')]
  const here = rows.findIndex((row) => row === document.activeElement)
  const open = rows.findIndex((row) => row.ariaCurrent === 'true')
  const from = here === -1 ? open : here
  rows[from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step))]?.focus()
}

function NothingHere({ place, hasChannels }: { place: InboxPlace; hasChannels: boolean }) {
  const { t } = useWords()
  const { view, search, tag, channel } = place
  if (search !== '' || tag !== '' || channel !== '') {
    return <Empty title={t('inbox.none_match')} text={t('inbox.none_match.text')} />
  }
  if (view !== 'running' && view !== 'all') {
    return <Empty title={t(`inbox.empty.${view}`)} text={t('inbox.empty.other')} />
  }
  return (
    <Empty
      title={t('inbox.empty')}
      text={t(hasChannels ? 'inbox.empty.text' : 'inbox.empty.no_channel')}
      action={
        <Link class="button" href={CHANNELS_ADDRESS}>
          {t('channel.title')}
        </Link>
      }
    />
  )
}
