import type { DropReason } from '#protocol/names.ts'
import type { LeftOut } from '#protocol/sockets.ts'
import { isRemark } from '../../events/remarks.ts'
import { useWords } from '../../words.ts'
import type { LiveModel } from '../model.ts'

export function Figures({ model }: { model: LiveModel }) {
  const { t, number } = useWords()
  const { storedToday, onNow, leftOut } = model.counts.value
  const entries = entriesOf(leftOut)
  const dropped = entries.filter(({ reason }) => !isRemark(reason))
  const remarked = entries.filter(({ reason }) => isRemark(reason))
  const total = dropped.reduce((sum, { count }) => sum + count, 0)
  const isLoading = model.phase.value === 'opening' || model.phase.value === 'connecting'

  return (
    <section class="figures" aria-busy={isLoading}>
      <div class="figure">
        <p class="figure-label">{t('live.stored')}</p>
        <p class="figure-value">{isLoading ? '–' : number(storedToday)}</p>
      </div>
      <div class="figure">
        <p class="figure-label" title={t('live.on_now.note')}>
          {t('live.on_now')}
        </p>
        <p class="figure-value">{isLoading ? '–' : number(onNow)}</p>
      </div>
      <details class="figure figure-details">
        <summary>
          <span class="figure-label">{t('live.left_out')}</span>
          <span class="figure-value">{isLoading ? '–' : number(total)}</span>
        </summary>
        <div class="reasons">
          {dropped.length === 0 ? <p>{t('live.left_out.none')}</p> : <Reasons entries={dropped} />}
          {remarked.length > 0 && (
            <>
              <p class="figure-label">{t('live.remarks')}</p>
              <Reasons entries={remarked} />
            </>
          )}
        </div>
      </details>
    </section>
  )
}

interface Entry {
  readonly reason: DropReason
  readonly count: number
}

function Reasons({ entries }: { entries: readonly Entry[] }) {
  const { t, number } = useWords()
  return (
    <ul class="reason-list">
      {entries.map(({ reason, count }) => (
        <li key={reason}>
          <span>{t(`reason.${reason}`)}</span>
          <span class="count">{number(count)}</span>
        </li>
      ))}
    </ul>
  )
}

function entriesOf(leftOut: LeftOut): Entry[] {
  const reasons = Object.keys(leftOut) as DropReason[]
  const entries = reasons.map((reason) => ({ reason, count: leftOut[reason] ?? 0 }))
  return entries.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}
