import type { ExperienceInput } from '#protocol/experiences.ts'
import type { LocalText, PopupInput } from '#protocol/popup.ts'

/** A design to start from, as the server offers it. */
export interface OfferedTemplate {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly experience: ExperienceInput
}

/** What a shop puts in the place of a template's own words. Undefined: the template has no such thing. */
export interface Wishes {
  readonly heading?: string
  readonly code?: string
  /** As it is typed, in major units. */
  readonly amount?: string
  readonly link?: string
}

interface Reader {
  readonly language: string
  readonly currency: string
}

type BlockInput = Extract<PopupInput['design'], { kind: 'blocks' }>['blocks'][number]

/** What there is to change, as the template has it. */
export function wishesIn({ content }: ExperienceInput, { language, currency }: Reader): Wishes {
  const shown = blocksOf(content)
  const all = [...shown, ...thanksOf(content)]
  const heading = shown.find(isHeading)
  const coupon = all.find((block) => block.kind === 'coupon')
  const goal = all.find((block) => block.kind === 'goal')
  const link = shown.flatMap(linkOf)[0]
  return {
    ...(heading !== undefined && { heading: textIn(heading.text, language) }),
    ...(coupon !== undefined && { code: coupon.code }),
    ...(goal !== undefined && { amount: majorOf(goal.amount, goal.currency, currency) }),
    ...(link !== undefined && { link }),
  }
}

/** The template with what is wished; what was left as it is keeps its words in all languages. */
export function draftOf(
  { experience }: OfferedTemplate,
  wishes: Wishes,
  reader: Reader,
): ExperienceInput {
  const before = wishesIn(experience, reader)
  const isReworded = wishes.heading !== before.heading
  const { content } = experience
  if (content.design.kind !== 'blocks') return experience
  const first = content.design.blocks.find(isHeading)
  const change = (block: BlockInput): BlockInput => {
    if (block === first && isHeading(block) && isReworded) {
      return { ...block, text: wishes.heading ?? '' }
    }
    if (block.kind === 'coupon') return couponOf(block, wishes, isReworded)
    if (block.kind === 'goal') {
      return {
        ...block,
        amount: minorOf(wishes.amount ?? '0', reader.currency),
        currency: reader.currency,
      }
    }
    if (block.kind === 'button' && block.action.do === 'link' && wishes.link !== undefined) {
      return { ...block, action: { ...block.action, url: wishes.link } }
    }
    return block
  }
  const { blocks, thanks } = content.design
  const design = {
    kind: 'blocks' as const,
    blocks: blocks.map(change),
    ...(thanks !== undefined && { thanks: thanks.map(change) }),
  }
  return { ...experience, content: { ...content, design } }
}

/** What is wrong with a wish, field by field; the server knows better, and says so. */
export function faultsIn(wishes: Wishes): readonly (keyof Wishes)[] {
  const { heading, code, amount, link } = wishes
  return [
    ...(heading?.trim() === '' ? (['heading'] as const) : []),
    ...(code?.trim() === '' ? (['code'] as const) : []),
    ...(amount !== undefined && !(Number(amount) > 0) ? (['amount'] as const) : []),
    ...(link !== undefined && !/^(https?:\/\/[^\s\\]+|\/(?![/\\])[^\s\\]*)$/i.test(link)
      ? (['link'] as const)
      : []),
  ]
}

/** As the template has it, or with a number where the shop has one of that key. */
export function freeKey(key: string, taken: readonly string[]): string {
  let free = key
  for (let number = 2; taken.includes(free); number += 1) free = `${key}-${number}`
  return free
}

/** The words about what a coupon is worth go with the heading that said the same. */
function couponOf(
  coupon: Extract<BlockInput, { kind: 'coupon' }>,
  { code }: Wishes,
  isReworded: boolean,
): BlockInput {
  const { label, ...rest } = coupon
  const kept = label !== undefined && !isReworded && { label }
  return { ...rest, code: code?.trim() ?? coupon.code, ...kept }
}

/** What names it: the first heading, or where there is none the first text. */
function isHeading(block: BlockInput): block is Extract<BlockInput, { kind: 'heading' | 'text' }> {
  return block.kind === 'heading' || block.kind === 'text'
}

function linkOf(block: BlockInput): string[] {
  return block.kind === 'button' && block.action.do === 'link' ? [block.action.url] : []
}

function blocksOf({ design }: PopupInput): readonly BlockInput[] {
  return design.kind === 'blocks' ? design.blocks : []
}

function thanksOf({ design }: PopupInput): readonly BlockInput[] {
  return design.thanks ?? []
}

function textIn(text: LocalText, language: string): string {
  if (typeof text === 'string') return text
  return text[language] ?? Object.values(text)[0] ?? ''
}

/** A template's amount means nothing in another currency: then there is none yet. */
function majorOf(amount: number, of: string, currency: string): string {
  return of === currency ? String(amount / 10 ** digitsOf(currency)) : ''
}

function minorOf(typed: string, currency: string): number {
  return Math.round(Number(typed) * 10 ** digitsOf(currency))
}

function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}
