import type { Feed } from '#protocol/feeds.ts'
import { useSession } from '../../session.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Moment, MomentAhead } from '../../settings/parts/moment.tsx'
import { useWords } from '../../words.ts'
import { isUnderWay, type FeedState } from '../feed-model.ts'
import { FeedStateMark } from './feed-state-mark.tsx'

interface FeedFactsProps {
  readonly feed: Feed
  readonly state: FeedState
}

/** Where the file is, when it is fetched, and what the last run did. */
export function FeedFacts({ feed, state }: FeedFactsProps) {
  const { t, number } = useWords()
  const { shop } = useSession()
  const { url, schedule, at, hidesMissing, hidden, products, importId } = feed
  const { lastRunAt, lastResult, nextRunAt } = feed
  const often =
    schedule === 'daily'
      ? t('feed.schedule.daily_at', { time: at, zone: shop.timeZone })
      : t(`feed.schedule.${schedule}`)
  return (
    <Facts
      facts={[
        { label: t('feed.url'), value: <code>{url}</code> },
        { label: t('feed.column.state'), value: <FeedStateMark state={state} /> },
        { label: t('feed.often'), value: often },
        {
          label: t('feed.column.last'),
          value: lastRunAt !== null && lastResult !== null && (
            <>
              <Moment at={lastRunAt} /> · {t(`feed.result.${lastResult}`)}
            </>
          ),
        },
        {
          label: t('feed.column.next'),
          value: nextRunAt !== null && !isUnderWay(state) && <MomentAhead at={nextRunAt} />,
        },
        { label: t('feed.column.products'), value: importId !== null && number(products) },
        {
          label: t('feed.missing'),
          value: (
            <>
              {t(hidesMissing ? 'feed.missing.hidden' : 'feed.missing.shown')}
              {hidden > 0 && ` · ${t('feed.hidden', { n: hidden })}`}
            </>
          ),
        },
      ]}
    />
  )
}
