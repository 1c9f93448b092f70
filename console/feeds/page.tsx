import { useState } from 'preact/hooks'
import type { Feed } from '#protocol/feeds.ts'
import { FEEDS_PATH } from '#protocol/names.ts'
import { useListing } from '../queries.ts'
import { useSession } from '../session.ts'
import { useSoon } from '../settings/use-soon.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { feedStateOf, isUnderWay, WATCHED_SECONDS } from './feed-model.ts'
import { AddFeed } from './parts/add-feed.tsx'
import { FeedTable } from './parts/feed-table.tsx'
import './feeds.css'

/** Files of products that are fetched on a schedule. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const mayEdit = may('catalog', 'edit')
  const feeds = useListing<Feed>(FEEDS_PATH)
  const [isAdding, setAdding] = useState(false)
  const listed = feeds.value ?? []
  const isAnyUnderWay = listed.some((feed) => isUnderWay(feedStateOf(feed)))
  useSoon(isAnyUnderWay, feeds.again, WATCHED_SECONDS)
  const add = mayEdit && (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {t('feed.add')}
    </Button>
  )
  return (
    <PageFrame
      title={t('feed.title')}
      intro={t('feed.intro')}
      actions={listed.length > 0 ? add : undefined}
    >
      <Loaded reading={feeds} rows={4}>
        {(all) => (
          <FeedTable
            feeds={all}
            empty={
              <Empty
                title={t('feed.empty.title')}
                text={mayEdit ? t('feed.empty.text') : t('feed.empty.reader')}
                action={add}
              />
            }
          />
        )}
      </Loaded>
      {isAdding && <AddFeed onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}
