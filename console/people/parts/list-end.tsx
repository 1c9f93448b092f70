import type { Listing } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'

interface ListEndProps<Item> {
  readonly listing: Listing<Item>
  /** The server looks for those that are wanted, and says how far it has come. */
  readonly isLooking: boolean
}

/** Under a list: how far it has been read, and how to go on. */
export function ListEnd<Item>({ listing, isLooking }: ListEndProps<Item>) {
  const { t } = useWords()
  const { value, hasMore, isReadingMore, lookedAt, more } = listing
  if (value === undefined) return null
  const n = value.length
  const parts = [
    n > 0 && t(hasMore ? 'people.so_far' : 'people.all', { n }),
    isLooking && t('people.looked_at', { n: lookedAt }),
  ]
  return (
    <div class="list-end">
      {hasMore && (
        <Button isBusy={isReadingMore} onClick={more}>
          {t(isLooking ? 'people.look_on' : 'ui.more')}
        </Button>
      )}
      <output aria-live="polite">{parts.filter(Boolean).join(' · ')}</output>
    </div>
  )
}
