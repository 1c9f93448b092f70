import type { Texts } from '../texts.ts'

export const chart = {
  'chart.table': 'Show as a table',
  'chart.when': 'When',
  'chart.keys': 'Arrow keys move from point to point.',
  'chart.unknown': 'unknown',
} as const satisfies Texts
