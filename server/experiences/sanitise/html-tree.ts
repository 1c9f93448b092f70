import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { POPUP_LIMITS, type HtmlNode } from '#protocol/popup.ts'
import { Refusal } from '../../core/errors.ts'
import { attributeFault, standingOf } from './allowed-html.ts'

interface HtmlTree {
  readonly tree: readonly HtmlNode[]
  /** What it is without now, each thing once. */
  readonly removed: readonly string[]
}

/** Deeper than any design, far from where descending would overflow. */
const MAX_DEPTH = 32
/** Of one short text, a parser has to make millions: it opens every unclosed `<b>` again in each paragraph. */
const MAX_PARSED = POPUP_LIMITS.nodes * 5
const MAX_REMOVED = 50
const HTML = 'http://www.w3.org/1999/xhtml'

/**
 * Own HTML as the tree that pages draw, node by node: it never becomes markup again, so that nothing in it can be read
 * another way by a browser. Refuses what is too much.
 */
export function htmlTree(html: string): HtmlTree {
  const removed = new Set<string>()
  const fields = new Set<string>()
  let nodes = 0

  function nodesOf(children: readonly DefaultTreeAdapterTypes.ChildNode[], depth: number) {
    if (depth > MAX_DEPTH) throw refusal(`at most ${MAX_DEPTH} levels`)
    return children.flatMap((child) => nodeOf(child, depth))
  }

  function nodeOf(node: DefaultTreeAdapterTypes.ChildNode, depth: number): HtmlNode[] {
    nodes += 1
    if (nodes > POPUP_LIMITS.nodes) throw refusal(`at most ${POPUP_LIMITS.nodes} nodes`)
    if (defaultTreeAdapter.isTextNode(node)) return node.value === '' ? [] : [node.value]
    if (!defaultTreeAdapter.isElementNode(node)) return []
    const { tagName: tag, namespaceURI, attrs, childNodes } = node
    const standing = namespaceURI === HTML ? standingOf(tag) : 'gone'
    if (standing !== 'allowed')
      removed.add(standing === 'gone' ? `<${tag}> and its content` : `<${tag}>`)
    if (standing === 'gone') return []
    const children = nodesOf(childNodes, depth + 1)
    if (standing === 'content_only') return children
    const attributes = attributesOf(tag, attrs)
    return [
      {
        tag,
        ...(Object.keys(attributes).length > 0 && { attributes }),
        ...(children.length > 0 && { children }),
      },
    ]
  }

  function attributesOf(
    tag: string,
    attrs: readonly { readonly name: string; readonly value: string }[],
  ): Record<string, string> {
    const kept: Record<string, string> = {}
    for (const { name, value } of attrs) {
      const fault = attributeFault(tag, name, value)
      // Whoever reads the tree knows the types of fields in lower case, as browsers make them.
      if (fault === undefined) kept[name] = name === 'type' ? value.toLowerCase() : value
      else removed.add(`${name} of <${tag}>: ${fault}`)
    }
    if (kept['target'] !== undefined) kept['rel'] = 'noopener'
    if (kept['name'] !== undefined) fields.add(kept['name'])
    return kept
  }

  const tree = nodesOf(parsed(html), 1)
  if (fields.size > POPUP_LIMITS.fields) throw refusal(`at most ${POPUP_LIMITS.fields} fields`)
  if (tree.every((node) => typeof node === 'string' && node.trim() === '')) {
    throw refusal('nothing of it may be shown')
  }
  return { tree, removed: [...removed].slice(0, MAX_REMOVED) }
}

function parsed(html: string): readonly DefaultTreeAdapterTypes.ChildNode[] {
  let made = 0
  const counting: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement(...about) {
      made += 1
      if (made > MAX_PARSED) throw refusal('close every element that you open')
      return defaultTreeAdapter.createElement(...about)
    },
  }
  return parseFragment(html, { treeAdapter: counting }).childNodes
}

function refusal(fault: string): Refusal {
  return new Refusal('bad_request', `content.design.html: ${fault}`)
}
