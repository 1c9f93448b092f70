import type { LeafOf } from '#protocol/leaf.ts'
import { numberTest } from '../compare/numbers.ts'
import { textTest } from '../compare/texts.ts'
import type { Reading } from '../reading.ts'
import { judging, type CompiledLeaf } from './compiled-leaf.ts'

export function compilePlace({ field, test }: LeafOf<'place'>): CompiledLeaf {
  return judging(['place'], ({ facts }) => facts.place?.[field], textTest(test))
}

export function compileDevice({ field, test }: LeafOf<'device'>): CompiledLeaf {
  return judging(['device'], (reading) => deviceField(reading, field), textTest(test))
}

function deviceField(
  { facts: { device } }: Reading,
  field: LeafOf<'device'>['field'],
): string | undefined {
  if (field !== 'language') return device?.[field]
  const locale = device?.locale
  if (locale === undefined) return undefined
  const end = locale.search(/[-_]/)
  return (end < 0 ? locale : locale.slice(0, end)).toLowerCase()
}

export function compileScreen({ side, test }: LeafOf<'screen'>): CompiledLeaf {
  const index = side === 'width' ? 0 : 1
  return judging(['device'], ({ facts }) => facts.device?.screen?.[index], numberTest(test))
}
