import type { ExperienceDraft, Trigger } from '#protocol/experiences.ts'
import type { Block, LocalText, Popup, VARIABLES } from '#protocol/popup.ts'
import { blocksIn, type BlockList } from './blocks.ts'

/** What keeps a draft from being saved, at the part that it is about. The server knows the same and more. */
export interface Fault {
  /** `name`, `blocks.2.url`, `triggers.0.selector` … */
  readonly at: string
  readonly what: FaultKind
}

export type FaultKind =
  | 'empty'
  | 'link'
  | 'picture'
  | 'size'
  | 'field_name'
  | 'field_name_taken'
  | 'options'
  | 'variable'
  | 'no_blocks'
  | 'no_submit'
  | 'no_fields'
  | 'no_way_out'
  | 'key'
  | 'ends_before'
  | 'no_trigger'
  | 'amount'

/** What texts may tell of the visitor. */
const KNOWN_VARIABLES: typeof VARIABLES = ['firstName', 'cartQuantity', 'cartTotal', 'left']
const LINK = /^(https?:\/\/[^\s\\]+|\/(?![/\\])[^\s\\]*|#[^\s]*|mailto:[^\s]+|tel:[+\d ().-]+)$/i
const FIELD_NAME = /^[a-z][\w-]{0,63}$/i
const PICTURE = /^(https?:\/\/[^\s\\]+|\/(?![/\\])[^\s\\]*)$/i

export function faultsIn(draft: ExperienceDraft): readonly Fault[] {
  const { name, key, startsAt, endsAt, triggers, content } = draft
  return [
    ...(name.trim() === '' ? [{ at: 'name', what: 'empty' as const }] : []),
    ...(/^[a-z\d][a-z\d-]{0,62}$/.test(key) ? [] : [{ at: 'key', what: 'key' as const }]),
    ...(startsAt !== null && endsAt !== null && startsAt >= endsAt
      ? [{ at: 'endsAt', what: 'ends_before' as const }]
      : []),
    ...(triggers.length === 0 ? [{ at: 'triggers', what: 'no_trigger' as const }] : []),
    ...triggers.flatMap((trigger, at) => triggerFaults(trigger, `triggers.${at}`)),
    ...(draft.goal.event.trim() === '' ? [{ at: 'goal.event', what: 'empty' as const }] : []),
    ...contentFaults(content),
  ]
}

function triggerFaults(trigger: Trigger, at: string): Fault[] {
  if ('selector' in trigger && trigger.selector.trim() === '') {
    return [{ at: `${at}.selector`, what: 'empty' }]
  }
  if (trigger.on === 'event' && trigger.name.trim() === '') {
    return [{ at: `${at}.name`, what: 'empty' }]
  }
  return []
}

function contentFaults(content: Popup): Fault[] {
  const { design, canClose } = content
  const all = (['blocks', 'thanks'] as const).flatMap((list) =>
    blocksIn(content, list).flatMap((block, at) =>
      blockFaults(block, `${list}.${at}`, blocksIn(content, list)),
    ),
  )
  if (design.kind === 'html') {
    return design.html.trim() === '' ? [...all, { at: 'html', what: 'empty' }] : all
  }
  const { blocks } = design
  const hasFields = blocks.some(({ kind }) => kind === 'field')
  const submits = blocks.some((one) => one.kind === 'button' && one.action.do === 'submit')
  if (blocks.length === 0) all.push({ at: 'blocks', what: 'no_blocks' })
  if (hasFields && !submits) all.push({ at: 'blocks', what: 'no_submit' })
  if (submits && !hasFields) all.push({ at: 'blocks', what: 'no_fields' })
  if (!canClose && !blocks.some(({ kind }) => kind === 'button')) {
    all.push({ at: 'canClose', what: 'no_way_out' })
  }
  return all
}

function blockFaults(block: Block, at: string, among: readonly Block[]): Fault[] {
  const text = (name: string, value: LocalText | undefined) => textFaults(`${at}.${name}`, value)
  switch (block.kind) {
    case 'heading':
    case 'text':
      return text('text', block.text)
    case 'button':
      return [
        ...text('text', block.text),
        ...(block.action.do === 'link' ? linkFaults(`${at}.url`, block.action.url) : []),
      ]
    case 'image':
      return [
        ...(PICTURE.test(block.url) ? [] : [{ at: `${at}.url`, what: 'picture' as const }]),
        ...(block.link === undefined ? [] : linkFaults(`${at}.link`, block.link)),
        ...([block.width, block.height].every((side) => side >= 1 && side <= 10_000)
          ? []
          : [{ at: `${at}.width`, what: 'size' as const }]),
      ]
    case 'field': {
      const isTaken =
        among.filter((one) => one.kind === 'field' && one.name === block.name).length > 1
      const labels = block.options?.flatMap((option) => [option.value])
      return [
        ...text('label', block.label),
        ...(FIELD_NAME.test(block.name) ? [] : [{ at: `${at}.name`, what: 'field_name' as const }]),
        ...(block.attribute === undefined || FIELD_NAME.test(block.attribute)
          ? []
          : [{ at: `${at}.attribute`, what: 'field_name' as const }]),
        ...(isTaken ? [{ at: `${at}.name`, what: 'field_name_taken' as const }] : []),
        ...(labels !== undefined &&
        (labels.length === 0 || labels.some((label) => label.trim() === ''))
          ? [{ at: `${at}.options`, what: 'options' as const }]
          : []),
      ]
    }
    case 'coupon':
      return block.code.trim() === '' ? [{ at: `${at}.code`, what: 'empty' }] : []
    case 'countdown':
      return [...text('label', block.label), ...text('over', block.over)]
    case 'product': {
      if (block.of === 'cart') return []
      const { id, name, url, imageUrl } = block.of
      return [
        ...(id.trim() === '' ? [{ at: `${at}.id`, what: 'empty' as const }] : []),
        ...text('name', name),
        ...(url === undefined ? [] : linkFaults(`${at}.url`, url)),
        ...(imageUrl === undefined || PICTURE.test(imageUrl)
          ? []
          : [{ at: `${at}.imageUrl`, what: 'picture' as const }]),
      ]
    }
    case 'goal':
      return [
        ...text('left', block.left),
        ...text('reached', block.reached),
        ...(block.amount > 0 ? [] : [{ at: `${at}.amount`, what: 'amount' as const }]),
      ]
  }
}

function linkFaults(at: string, url: string): Fault[] {
  return LINK.test(url) ? [] : [{ at, what: 'link' }]
}

function textFaults(at: string, text: LocalText | undefined): Fault[] {
  const texts = typeof text === 'string' ? [text] : Object.values(text ?? {})
  const hasNothing = texts.every((one) => one.trim() === '')
  const isUnknown = texts.some((one) =>
    [...one.matchAll(/\{\{([^{}|]*)(?:\|[^{}]*)?\}\}/g)].some(
      ([, name = '']) => !KNOWN_VARIABLES.some((known) => known === name.trim()),
    ),
  )
  return [
    ...(hasNothing ? [{ at, what: 'empty' as const }] : []),
    ...(isUnknown ? [{ at, what: 'variable' as const }] : []),
  ]
}

/** Of one block, by what of it they are about. */
export function faultsOfBlock(
  faults: readonly Fault[],
  list: BlockList,
  at: number,
): Readonly<Record<string, FaultKind>> {
  const start = `${list}.${at}.`
  return Object.fromEntries(
    faults.flatMap((fault) =>
      fault.at.startsWith(start) ? [[fault.at.slice(start.length), fault.what] as const] : [],
    ),
  )
}
