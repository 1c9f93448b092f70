import type { Leaf } from '#protocol/leaf.ts'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { seenWords } from '../seen-words.ts'

interface PartNotesProps {
  readonly id: number
  readonly leaf?: Leaf
}

/** What is wrong with a part, or what is true of somebody, under it. */
export function PartNotes({ id, leaf }: PartNotesProps) {
  const words = useWords()
  const { t } = words
  const { fault, outcome, seen } = useBuilder().noteOf(id)
  if (fault === undefined && outcome === undefined) return null
  return (
    <div class="target-notes">
      {fault !== undefined && <p class="control-fault">{t(fault)}</p>}
      {outcome !== undefined && (
        <p class="target-outcome" data-outcome={outcome}>
          <span class="target-outcome-word">{t(`target.outcome.${outcome}`)}</span>
          {leaf !== undefined && outcome !== 'unknown' && (
            <span>{t('target.seen', { value: seenWords(seen, leaf, words) })}</span>
          )}
          {leaf !== undefined && outcome === 'unknown' && <span>{t('target.seen.later')}</span>}
        </p>
      )}
    </div>
  )
}
