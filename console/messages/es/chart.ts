import type { Translated } from '../texts.ts'
import type { chart as original } from '../en/chart.ts'

export const chart: Translated<typeof original> = {
  'chart.table': 'Ver como tabla',
  'chart.when': 'Cuándo',
  'chart.keys': 'Las flechas del teclado van de un punto a otro.',
  'chart.unknown': 'desconocido',
}
