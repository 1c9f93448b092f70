import type { HtmlNode } from '#protocol/popup.ts'
import { draw } from '../kit/draw.ts'
import { h, type Child } from '../kit/h.ts'
import type { OwnHtmlGiven } from '../kit/host.ts'
import { isSamePage, safeLink, safePicture } from '../kit/link.ts'
import { sheetOf } from '../kit/sheet.ts'
import { valuesIn } from './fields.ts'

/** The server lets but a few tags pass; what runs or reaches beyond the box is refused once more, here where it would. */
const FOREIGN = /^(base|embed|form|i?frame|link|meta|object|script|style)$|\W|^\d|^$/i
/** `form`: of a field or button, it would belong to no form of ours. */
const RUNS = /^(on|style|loading|src(doc|set)|form|action|data$|is$)|[^\w-]|^[\d-]|^$/i
/** It is there for what browsers do with forms, not for its looks. */
const FORM = 'form{display:contents}'

/**
 * Draws own HTML into a shadow root of its own, so that its style sheet dresses nothing of ours. All its fields are one form,
 * which browsers check, and send by Enter.
 */
export function drawOwnHtml(slot: Element, given: OwnHtmlGiven): void {
  const root = slot.shadowRoot ?? slot.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheetOf(FORM), sheetOf(given.design.css)]
  const onSubmit = (event: Event) => {
    event.preventDefault()
    given.send(valuesIn(event.currentTarget))
  }
  draw(root, h('form', { onSubmit }, ...given.design.tree.map((node) => drawnOf(node, given))))
}

function drawnOf(node: HtmlNode, given: OwnHtmlGiven): Child {
  if (typeof node === 'string') return given.text(node)
  const { tag, attributes = {}, children = [] } = node
  if (FOREIGN.test(tag)) return null
  const submits = attributes['data-gp-submit'] !== undefined
  const safe = Object.entries(attributes).flatMap(([name, value]) => safeAttribute(name, value))
  return h(
    tag,
    {
      ...Object.fromEntries(safe),
      // in a form, buttons submit unless they say otherwise
      ...(tag === 'button' && { type: submits ? 'submit' : (attributes['type'] ?? 'button') }),
      onClick: pressOf(tag, attributes, given),
    },
    ...children.map((child) => drawnOf(child, given)),
  )
}

function safeAttribute(name: string, value: string): [string, string | undefined][] {
  if (RUNS.test(name)) return []
  if (name === 'target')
    return [
      [name, '_blank'],
      ['rel', 'noopener'],
    ]
  return [[name, name === 'href' ? safeLink(value) : name === 'src' ? safePicture(value) : value]]
}

/** What a press on an element with these attributes does, if anything. */
function pressOf(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  given: OwnHtmlGiven,
): ((event: Event) => void) | undefined {
  const { href, target, 'data-gp-click': name = href, 'data-gp-close': close } = attributes
  const mustSubmit = tag !== 'button' && attributes['data-gp-submit'] !== undefined
  if ((name ?? close) === undefined && !mustSubmit) return undefined
  return ({ currentTarget }) => {
    if (!(currentTarget instanceof HTMLElement)) return
    if (name !== undefined) given.use(name || (currentTarget.textContent ?? '').trim())
    if (mustSubmit) currentTarget.closest('form')?.requestSubmit()
    if (close !== undefined || (href && (target || isSamePage(href)))) given.close()
  }
}
