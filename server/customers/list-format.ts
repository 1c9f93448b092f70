import type { Mapping } from '#protocol/customers.ts'
import { createFormatFinder, type CsvFormat } from '../core/csv-format.ts'
import { readEmail } from './addresses.ts'

/** How a file of addresses is to be read, and which of its columns may be which. */
export interface ListFormat extends CsvFormat {
  readonly mapping: Mapping
}

interface ListFormatFinder {
  readonly look: (piece: Buffer) => void
  readonly found: () => ListFormat
}

const SPELLINGS: [keyof Mapping, RegExp][] = [
  ['email', /^(e-?mail|mail|correo|e-?mail-?adresse|courriel)/i],
  ['userId', /^(user|customer|kunden?|cliente?)[\s_-]*(id|nummer|nr|number|no)\b|^id$/i],
  ['phone', /^(phone|mobile|tel|handy|móvil|movil|teléfono|celular)/i],
]

/** Looks at a file of addresses as it passes: nothing of it but its head is kept. */
export function createListFormatFinder(): ListFormatFinder {
  const finder = createFormatFinder((cells) => cells.every((it) => readEmail(it) === undefined))
  return {
    look: finder.look,
    found() {
      const format = finder.found()
      return { ...format, mapping: guessMapping(format.columns, format.sample) }
    },
  }
}

function guessMapping(columns: readonly string[], sample: readonly (readonly string[])[]): Mapping {
  const mapping: Mapping = {}
  for (const [kind, spelling] of SPELLINGS) {
    const column = columns.find((it) => spelling.test(it))
    if (column !== undefined) mapping[kind] = column
  }
  const emailAt = columns.findIndex((_, i) => readEmail(sample[0]?.[i] ?? '') !== undefined)
  const byContent = columns[emailAt]
  if (mapping.email === undefined && byContent !== undefined) mapping.email = byContent
  return mapping
}
