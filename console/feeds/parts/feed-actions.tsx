import { useState } from 'preact/hooks'
import type { Feed } from '#protocol/feeds.ts'
import { FEEDS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { FEEDS_PAGE_PATH } from '../addresses.ts'
import { removeFeed, restoreFeed } from '../requests.ts'
import { useFetching } from '../use-fetching.ts'
import { useSwitching } from '../use-switching.ts'
import { ChangeFeed } from './change-feed.tsx'

interface FeedActionsProps {
  readonly feed: Feed
  readonly isUnderWay: boolean
  readonly onAsked: () => void
}

/** What is done with a feed; the commonest in sight. */
export function FeedActions({ feed, isUnderWay, onAsked }: FeedActionsProps) {
  const words = useWords()
  const { t } = words
  const { id, isOn } = feed
  const [isChanging, setChanging] = useState(false)
  const fetching = useFetching(id, onAsked)
  const switching = useSwitching(feed)
  const removing = useChanging(removeFeed, { renews: [FEEDS_PATH] })
  const restoring = useChanging(restoreFeed, { renews: [FEEDS_PATH] })

  async function remove(): Promise<void> {
    const reply = await removing.run(id)
    // Removed by somebody else: it is what was wanted.
    if (reply.refusal !== undefined && reply.refusal !== 'not_found') {
      return say(refusalText(reply, words))
    }
    navigate(FEEDS_PAGE_PATH, { replace: true })
    say(t('feed.removed'), { undo: () => void putBack() })
  }

  async function putBack(): Promise<void> {
    const reply = await restoring.run(id)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t(isOn ? 'feed.restored' : 'feed.restored_off'))
  }

  return (
    <>
      <Button
        isBusy={fetching.isBusy || isUnderWay}
        onClick={() => void fetching.fetch({ acceptsShrinking: false })}
      >
        {t('feed.fetch')}
      </Button>
      <Menu
        label={<Icon name="more" />}
        name={t('ui.actions')}
        items={[
          { key: 'change', label: t('feed.change'), onSelect: () => setChanging(true) },
          {
            key: 'switch',
            label: t(isOn ? 'feed.pause' : 'feed.resume'),
            onSelect: () => void switching.turn(!isOn),
          },
          {
            key: 'remove',
            label: t('feed.remove'),
            isDangerous: true,
            isApart: true,
            onSelect: () => void remove(),
          },
        ]}
      />
      {isChanging && (
        <ChangeFeed feed={feed} onAsked={onAsked} onClose={() => setChanging(false)} />
      )}
    </>
  )
}
