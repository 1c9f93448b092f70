import type { AudienceEstimate } from '#protocol/audiences.ts'
import { AUDIENCE_ESTIMATES_PATH } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'
import { refusalText } from '../../refusals.ts'
import { useWords } from '../../words.ts'
import { estimateWords, marginWords } from '../estimate-words.ts'
import { hasFault } from '../faults.ts'
import { onAnyPage } from '../on-any-page.ts'
import { useAsked } from '../use-asked.ts'

/** How many a condition is true of as it stands here, before it is saved. */
export function LiveCount({ condition }: { readonly condition: Condition }) {
  const words = useWords()
  const { t } = words
  const isWhole = !hasFault(condition)
  const counted = onAnyPage(condition)
  const asked = useAsked<AudienceEstimate>(
    AUDIENCE_ESTIMATES_PATH,
    isWhole ? { condition: counted } : undefined,
  )
  const { value, refused, isAsking } = asked
  const margin = value && marginWords(value, words)
  return (
    <output class="live-count" aria-busy={isAsking}>
      <span class="live-count-words" data-old={isAsking ? '' : undefined}>
        {!isWhole && t('target.count.unfinished')}
        {isWhole && value !== undefined && estimateWords(value, words)}
        {isWhole && value === undefined && refused === undefined && t('target.count.asking')}
        {isWhole && refused !== undefined && refusalText(refused, words)}
      </span>
      {isWhole && margin !== undefined && <span class="live-count-margin">{margin}</span>}
      {isWhole && counted !== condition && (
        <span class="live-count-margin">{t('target.count.any_page')}</span>
      )}
    </output>
  )
}
