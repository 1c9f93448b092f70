import type { ExperienceDraft } from '#protocol/experiences.ts'
import type { Words } from '../words.ts'
import { blocksIn } from './blocks.ts'

/** Where a fault is, as people call it: “Button 3, link”. */
export function faultPlace(at: string, { content }: ExperienceDraft, { t }: Words): string {
  const [part = '', place = '', field = ''] = at.split('.')
  if (part === 'blocks' || part === 'thanks') {
    const block = blocksIn(content, part)[Number(place)]
    if (block === undefined) return t('editor.tab.design')
    return t('fault.place.block', { kind: t(`block.${block.kind}`), n: Number(place) + 1, field })
  }
  if (part === 'html' || part === 'canClose') return t('editor.tab.design')
  if (part === 'name' || part === 'key') return t('editor.names')
  return t('editor.tab.when')
}
