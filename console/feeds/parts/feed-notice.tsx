import type { Feed } from '#protocol/feeds.ts'
import { failureWords } from '../../failures.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import { useFetching } from '../use-fetching.ts'
import { useSwitching } from '../use-switching.ts'

interface FeedNoticeProps {
  readonly feed: Feed
  readonly mayEdit: boolean
  readonly onAsked: () => void
}

/** What somebody should see to, with what there is to do about it. */
export function FeedNotice({ feed, mayEdit, onAsked }: FeedNoticeProps) {
  const words = useWords()
  const { t } = words
  const { id, isOn, lastResult, lastError, hasShrunk, hidesMissing } = feed
  const fetching = useFetching(id, onAsked)
  const switching = useSwitching(feed)
  const resume = mayEdit && (
    <Button isBusy={switching.isBusy} onClick={() => void switching.turn(true)}>
      {t('feed.resume')}
    </Button>
  )
  const accept = mayEdit && (
    <Button
      isBusy={fetching.isBusy}
      onClick={() => void fetching.fetch({ acceptsShrinking: true })}
    >
      {t('feed.shrunk.accept')}
    </Button>
  )
  return (
    <>
      {!isOn && (
        <Notice tone="note" title={t('feed.off.title')} action={resume}>
          <p>{t('feed.off.text')}</p>
        </Notice>
      )}
      {lastResult === 'failed' && (
        <Notice tone="bad" title={t('feed.failed.title')}>
          {lastError !== null && <p>{failureWords(lastError, words)}</p>}
          <p>{t(isOn ? 'feed.failed.text' : 'feed.failed.text_off')}</p>
        </Notice>
      )}
      {hasShrunk && (
        <Notice tone="warn" title={t('feed.shrunk.title')} action={accept}>
          <p>{t(hidesMissing ? 'feed.shrunk.hides' : 'feed.shrunk.shows')}</p>
        </Notice>
      )}
    </>
  )
}
