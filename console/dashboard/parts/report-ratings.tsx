import type { RatedConversation } from '#protocol/chat-figures.ts'
import { RATINGS_PATH } from '#protocol/names.ts'
import { useListing } from '../../queries.ts'
import { Ago } from '../../ui/ago.tsx'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useWords } from '../../words.ts'
import { Panel, PanelEmpty } from './panel.tsx'
import './report-ratings.css'

/** What visitors gave, and said to it; each leads to its conversation. */
export function ReportRatings({ query }: { readonly query: string }) {
  const { t } = useWords()
  const listing = useListing<RatedConversation>(`${RATINGS_PATH}${query}&limit=20`)
  return (
    <Panel title={t('report.ratings')} isWide>
      <Loaded reading={listing} rows={4}>
        {(items) =>
          items.length === 0 ? (
            <PanelEmpty>{t('report.ratings.none')}</PanelEmpty>
          ) : (
            <ul class="report-ratings" aria-label={t('report.ratings')}>
              {items.map((one) => (
                <li key={one.conversationId}>
                  <Link href={`/console/conversations?view=all&id=${one.conversationId}`}>
                    <span aria-hidden="true">{'★'.repeat(one.stars)}</span>
                    <span class="visually-hidden">{t('report.stars', { n: one.stars })}</span>
                    {one.comment !== null && <q>{one.comment}</q>}
                  </Link>
                  <p>
                    {[one.channelName, one.operatorName].filter(Boolean).join(' · ')}
                    {' · '}
                    <Ago at={one.beganAt} />
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {listing.hasMore && (
        <Button isBusy={listing.isReadingMore} onClick={listing.more}>
          {t('ui.more')}
        </Button>
      )}
    </Panel>
  )
}
