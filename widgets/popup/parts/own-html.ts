import type { HtmlNode } from '#protocol/popup.ts'
import { draw } from '../../kit/draw.ts'
import { h, type Child } from '../../kit/h.ts'
import { isSamePage, safeLink, safePicture } from '../../kit/link.ts'
import { sheetOf } from '../../kit/sheet.ts'
import { valuesIn } from '../fields.ts'
import type { Scene } from '../scene.ts'

/** The server lets but a few tags pass; what runs or reaches beyond the box is refused once more, here where it would. */
const FOREIGN = /^(base|embed|i?frame|link|meta|object|script|style)$|\W|^\d|^$/i
const RUNS = /^(on|style|src(doc|set)|(form)?action|data$|is$)|[^\w-]|^[\d-]|^$/i

/** Draws own HTML into a shadow root of its own, so that its style sheet dresses nothing of ours. */
export function drawOwnHtml(slot: Element, scene: Scene): void {
  const { design } = scene.state.content
  if (!('tree' in design)) return
  const root = slot.shadowRoot ?? slot.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [sheetOf(design.css)]
  draw(
    root,
    design.tree.map((node) => drawnOf(node, scene)),
  )
}

function drawnOf(node: HtmlNode, scene: Scene): Child {
  const { model, words } = scene
  if (typeof node === 'string') return words.text(node)
  const { tag, attributes = {}, children = [] } = node
  if (FOREIGN.test(tag)) return null
  const safe = Object.entries(attributes).flatMap(([name, value]) => safeAttribute(name, value))
  const onSubmit = (event: Event) => {
    event.preventDefault()
    void model.send(valuesIn(event.currentTarget))
  }
  return h(
    tag,
    {
      ...Object.fromEntries(safe),
      ...(tag === 'form' && { onSubmit }),
      onClick: pressOf(attributes, scene),
    },
    ...children.map((child) => drawnOf(child, scene)),
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
function pressOf(attributes: Readonly<Record<string, string>>, { model }: Scene) {
  const { href, target, 'data-gp-click': name = href, 'data-gp-close': close } = attributes
  const submits = attributes['data-gp-submit'] !== undefined
  if ((name ?? close) === undefined && !submits) return undefined
  return ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLElement)) return
    if (name !== undefined) model.use(name || (currentTarget.textContent ?? '').trim())
    if (submits && !currentTarget.matches('form [type=submit]')) {
      const form = currentTarget.closest('form')
      form?.requestSubmit()
    }
    if (close !== undefined || (href && (target || isSamePage(href)))) model.close('action')
  }
}
