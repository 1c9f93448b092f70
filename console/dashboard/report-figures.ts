import type { ConversationFigures } from '#protocol/chat-figures.ts'
import type { MessageKey } from '../messages/en.ts'
import type { Words } from '../words.ts'
import { amountTexts } from './shown-figures.ts'

export const REPORT_FIGURES = [
  'conversations',
  'answered',
  'first_answer',
  'duration',
  'missed',
  'queued',
  'transferred',
  'rating',
] as const
export type ReportFigure = (typeof REPORT_FIGURES)[number]

interface ReportLook {
  readonly label: MessageKey
  /** Null: nothing can be said, as of the median of none. */
  readonly valueOf: (figures: ConversationFigures) => number | null
  readonly unit: 'count' | 'share' | 'time' | 'stars'
  /** Less of it is better. */
  readonly isBad?: boolean
  /** Within which nine of ten were. */
  readonly p90Of?: (figures: ConversationFigures) => number | null
}

export const REPORT_LOOKS: Readonly<Record<ReportFigure, ReportLook>> = {
  conversations: {
    label: 'inbox.title',
    unit: 'count',
    valueOf: ({ conversations }) => conversations,
  },
  answered: {
    label: 'report.answered',
    unit: 'share',
    valueOf: ({ outcomes, conversations }) =>
      conversations === 0 ? null : outcomes.answered / conversations,
  },
  first_answer: {
    label: 'report.first_answer',
    unit: 'time',
    isBad: true,
    valueOf: ({ firstAnswer }) => firstAnswer.median,
    p90Of: ({ firstAnswer }) => firstAnswer.p90,
  },
  duration: {
    label: 'report.duration',
    unit: 'time',
    isBad: true,
    valueOf: ({ duration }) => duration.median,
    p90Of: ({ duration }) => duration.p90,
  },
  missed: { label: 'report.missed', unit: 'count', isBad: true, valueOf: ({ missed }) => missed },
  queued: { label: 'report.queued', unit: 'count', isBad: true, valueOf: ({ queued }) => queued },
  transferred: {
    label: 'report.transferred',
    unit: 'count',
    isBad: true,
    valueOf: ({ transferred }) => transferred,
  },
  rating: {
    label: 'report.rating',
    unit: 'stars',
    valueOf: ({ averageStars }) => averageStars,
  },
}

/** How a figure is written: in full, and as short as can be. */
export function reportTexts({ unit }: Pick<ReportLook, 'unit'>, words: Words) {
  if (unit === 'time') {
    const exactly = (ms: number) => durationText(words.locale, ms)
    return { exactly, axis: exactly }
  }
  if (unit === 'stars') {
    const stars = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 })
    const exactly = (value: number) => stars.format(value)
    return { exactly, axis: exactly }
  }
  return amountTexts({ unit }, words, '')
}

const SECOND_MS = 1_000
const UNITS = [
  { unit: 'day', ms: 86_400_000, from: 2 * 86_400_000 },
  { unit: 'hour', ms: 3_600_000, from: 3_600_000 },
  { unit: 'minute', ms: 60_000, from: 60_000 },
] as const

/** `2.5 min`. */
export function durationText(locale: string, ms: number): string {
  const step = UNITS.find(({ from }) => ms >= from) ?? { unit: 'second', ms: SECOND_MS }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: step.unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(ms / step.ms)
}
