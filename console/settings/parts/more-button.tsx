import type { Listing } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'

/** Under a list that goes on. */
export function MoreButton<Item>({ listing }: { readonly listing: Listing<Item> }) {
  const { t } = useWords()
  if (!listing.hasMore) return null
  return (
    <p>
      <Button isBusy={listing.isReadingMore} onClick={listing.more}>
        {t('ui.more')}
      </Button>
    </p>
  )
}
