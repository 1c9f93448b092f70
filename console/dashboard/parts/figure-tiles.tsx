import type { FiguresAnswer } from '#protocol/figures.ts'
import { moneyText } from '../../money.ts'
import { useWords } from '../../words.ts'
import {
  amountTexts,
  changeOf,
  FIGURE_LOOKS,
  otherRevenue,
  SHOWN_FIGURES,
  type ShownFigure,
} from '../shown-figures.ts'
import './figure-tiles.css'

interface FigureTilesProps {
  readonly answer: Pick<FiguresAnswer, 'now' | 'before'>
  readonly currency: string
  /** The one that the chart shows. */
  readonly chosen: ShownFigure
  readonly onChoose: (figure: ShownFigure) => void
}

/** Each figure with its change; the chart follows the one that is pressed. */
export function FigureTiles({ answer, currency, chosen, onChoose }: FigureTilesProps) {
  const { t } = useWords()
  return (
    <fieldset class="figure-tiles" aria-label={t('dashboard.figures')}>
      {SHOWN_FIGURES.map((figure) => (
        <button
          key={figure}
          type="button"
          class="figure-tile"
          aria-pressed={figure === chosen}
          onClick={() => onChoose(figure)}
        >
          <Tile figure={figure} answer={answer} currency={currency} />
        </button>
      ))}
    </fieldset>
  )
}

function Tile({
  figure,
  answer,
  currency,
}: Pick<FigureTilesProps, 'answer' | 'currency'> & { readonly figure: ShownFigure }) {
  const words = useWords()
  const look = FIGURE_LOOKS[figure]
  const value = look.valueOf(answer.now.totals, currency)
  const before = look.valueOf(answer.before.totals, currency)
  const { exactly } = amountTexts(look, words, currency)
  const others = figure === 'revenue' ? otherRevenue(answer.now.totals, currency) : []
  return (
    <>
      <span class="figure-tile-label">{words.t(look.label)}</span>
      <span class="figure-tile-value">{value === null ? '–' : exactly(value)}</span>
      {others.map(([other, amount]) => (
        <span key={other} class="figure-tile-other">
          {moneyText(words.locale, amount, other)}
        </span>
      ))}
      <Change change={changeOf(value, before)} isBad={look.isBad === true} />
    </>
  )
}

/** By how much it is more or less than before, in words and colour. */
export function Change({
  change,
  isBad,
}: {
  readonly change: number | undefined
  readonly isBad: boolean
}) {
  const { t, locale } = useWords()
  if (change === undefined)
    return <span class="figure-tile-change">{t('dashboard.no_before')}</span>
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: Math.abs(change) < 0.1 ? 1 : 0,
  })
  const tone = change === 0 ? 'same' : change > 0 === isBad ? 'worse' : 'better'
  return (
    <span class="figure-tile-change" data-tone={tone}>
      {percent.format(change)}
    </span>
  )
}
