import type { ComponentChildren } from 'preact'
import {
  type ChannelFigures,
  type ConversationFigures,
  type ConversationReport,
  type OperatorFigures,
} from '#protocol/chat-figures.ts'
import { BarTable } from '../../ui/bar-table.tsx'
import { useWords, type Words } from '../../words.ts'
import { durationText } from '../report-figures.ts'
import { Panel } from './panel.tsx'

/** As in the protocol, whose schemas the page does without. */
const OUTCOMES = ['answered', 'no_answer', 'no_operator', 'bot_only', 'waiting'] as const

/** The same figures by what conversations have in common. */
export function ReportTables({ answer }: { readonly answer: ConversationReport }) {
  const words = useWords()
  const { t, number } = words
  const { outcomes } = answer.now.totals
  return (
    <>
      <Grouped
        title={t('channel.title')}
        heading={t('channel.one')}
        rows={answer.channels}
        nameOf={({ name }) => name}
        timeOf={({ firstAnswer }) => firstAnswer.median}
      />
      <Grouped
        title={t('report.operators')}
        heading={t('report.operator')}
        rows={answer.operators}
        nameOf={({ name }) => name}
        timeOf={({ answerTime }) => answerTime.median}
      />
      <Panel title={t('report.outcomes')}>
        <BarTable
          label={t('report.outcomes')}
          title={t('report.outcome')}
          rows={OUTCOMES}
          keyOf={(outcome) => outcome}
          nameOf={(outcome) => t(`report.outcome.${outcome}`)}
          lengthOf={(outcome) => outcomes[outcome]}
          columns={[
            { key: 'n', title: t('inbox.title'), cell: (outcome) => number(outcomes[outcome]) },
          ]}
        />
      </Panel>
      <Grouped
        title={t('inbox.lead')}
        heading={t('inbox.lead')}
        rows={answer.leadStates.map((row) => ({ ...row, id: row.name }))}
        nameOf={({ name }) => t(`inbox.lead.${name}`)}
        timeOf={({ firstAnswer }) => firstAnswer.median}
      />
      <Grouped
        title={t('inbox.potential')}
        heading={t('inbox.potential')}
        rows={answer.potentials.map((row) => ({ ...row, id: row.name }))}
        nameOf={({ name }) => t(`inbox.potential.${name}`)}
        timeOf={({ firstAnswer }) => firstAnswer.median}
      />
    </>
  )
}

type Row = { readonly id: string } & (ChannelFigures | OperatorFigures | ConversationFigures)

interface GroupedProps<Group extends Row> {
  readonly title: string
  readonly heading: string
  readonly rows: readonly Group[]
  readonly nameOf: (row: Group) => ComponentChildren
  readonly timeOf: (row: Group) => number | null
}

function Grouped<Group extends Row>(props: GroupedProps<Group>) {
  const { title, heading, rows, nameOf, timeOf } = props
  const words = useWords()
  const { t, number, locale } = words
  if (rows.length === 0) return null
  return (
    <Panel title={title}>
      <BarTable
        label={title}
        title={heading}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={nameOf}
        lengthOf={({ conversations }) => conversations}
        columns={[
          {
            key: 'conversations',
            title: t('inbox.title'),
            cell: ({ conversations }) => number(conversations),
          },
          {
            key: 'time',
            title: t('report.first_answer'),
            cell: (row) => timeText(timeOf(row), words),
          },
          { key: 'missed', title: t('report.missed'), cell: ({ missed }) => number(missed) },
          {
            key: 'rating',
            title: t('report.rating'),
            isExtra: true,
            cell: ({ averageStars }) => starsText(averageStars, locale),
          },
        ]}
      />
    </Panel>
  )
}

function timeText(ms: number | null, { locale }: Pick<Words, 'locale'>): string {
  return ms === null ? '–' : durationText(locale, ms)
}

function starsText(stars: number | null, locale: string): string {
  if (stars === null) return '–'
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(stars)
}
