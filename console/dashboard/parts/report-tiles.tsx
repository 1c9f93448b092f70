import type { ConversationReport } from '#protocol/chat-figures.ts'
import { useWords } from '../../words.ts'
import { changeOf } from '../shown-figures.ts'
import { REPORT_FIGURES, REPORT_LOOKS, reportTexts, type ReportFigure } from '../report-figures.ts'
import { Change } from './figure-tiles.tsx'

interface ReportTilesProps {
  readonly answer: Pick<ConversationReport, 'now' | 'before'>
  /** The one that the chart shows. */
  readonly chosen: ReportFigure
  readonly onChoose: (figure: ReportFigure) => void
}

/** Each figure with its change; the chart follows the one that is pressed. */
export function ReportTiles({ answer, chosen, onChoose }: ReportTilesProps) {
  const { t } = useWords()
  return (
    <fieldset class="figure-tiles is-even" aria-label={t('dashboard.figures')}>
      {REPORT_FIGURES.map((figure) => (
        <button
          key={figure}
          type="button"
          class="figure-tile"
          aria-pressed={figure === chosen}
          onClick={() => onChoose(figure)}
        >
          <Tile figure={figure} answer={answer} />
        </button>
      ))}
    </fieldset>
  )
}

function Tile({ figure, answer }: Pick<ReportTilesProps, 'answer'> & { figure: ReportFigure }) {
  const words = useWords()
  const look = REPORT_LOOKS[figure]
  const { now, before } = answer
  const value = look.valueOf(now.totals)
  const p90 = look.p90Of?.(now.totals) ?? null
  const { exactly } = reportTexts(look, words)
  return (
    <>
      <span class="figure-tile-label">{words.t(look.label)}</span>
      <span class="figure-tile-value">{value === null ? '–' : exactly(value)}</span>
      {p90 !== null && (
        <span class="figure-tile-other">{words.t('report.p90', { time: exactly(p90) })}</span>
      )}
      <Change change={changeOf(value, look.valueOf(before.totals))} isBad={look.isBad === true} />
    </>
  )
}
