import { useState } from 'preact/hooks'
import type { Feed } from '#protocol/feeds.ts'
import type { FileImport } from '#protocol/imports.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { useSoon } from '../settings/use-soon.ts'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { feedPath, FEEDS_PAGE_PATH, importPath } from './addresses.ts'
import { feedStateOf, isUnderWay, WATCHED_SECONDS } from './feed-model.ts'
import { FeedActions } from './parts/feed-actions.tsx'
import { FeedFacts } from './parts/feed-facts.tsx'
import { FeedNotice } from './parts/feed-notice.tsx'
import { FeedProgress } from './parts/feed-progress.tsx'
import { FeedRun } from './parts/feed-run.tsx'
import '../settings/settings.css'
import './feeds.css'

/** One feed: whether it is in order, and what it brought the last time. */
export function Page() {
  const id = route.value.query.get('id') ?? ''
  return <FeedPage key={id} id={id} />
}

function FeedPage({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { may } = useSession()
  const mayEdit = may('catalog', 'edit')
  const reading = useReading<Feed>(feedPath(id))
  const feed = reading.value
  const run = useReading<FileImport>(importPath(feed?.importId ?? null))
  const [askedAfter, setAskedAfter] = useState<Feed['lastRunAt']>()
  const state = feed && feedStateOf(feed, askedAfter)
  const isBusy = state !== undefined && isUnderWay(state)

  function look(): void {
    reading.again()
    if (feed?.importId != null) run.again()
  }
  useSoon(isBusy, look, WATCHED_SECONDS)

  const asked = () => setAskedAfter(feed?.lastRunAt ?? null)
  return (
    <PageFrame
      title={feed === undefined ? t('feed.one') : new URL(feed.url).host}
      intro={<PageLink href={FEEDS_PAGE_PATH}>{t('feed.back')}</PageLink>}
      actions={mayEdit && feed && <FeedActions feed={feed} isUnderWay={isBusy} onAsked={asked} />}
    >
      <p class="visually-hidden" aria-live="polite">
        {state !== undefined && t(`feed.state.${state}`)}
      </p>
      <Loaded reading={reading} rows={6}>
        {(found) => (
          <>
            <div class="settings-rows">
              {state !== undefined && isUnderWay(state) ? (
                <FeedProgress state={state} run={run.value} />
              ) : (
                <FeedNotice feed={found} mayEdit={mayEdit} onAsked={asked} />
              )}
              <FeedFacts feed={found} state={state ?? 'good'} />
            </div>
            {run.value !== undefined && !isBusy && <FeedRun run={run.value} />}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
