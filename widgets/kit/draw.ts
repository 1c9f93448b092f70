import type { Child, VNode } from './h.ts'

interface Drawn {
  readonly type: string
  readonly key: unknown
  props: Readonly<Record<string, unknown>>
}

/** What is left where groups are dissolved. */
type Plain = string | VNode

const drawn = new WeakMap<Node, Drawn>()

/** Makes the children of `parent` those that `child` says. What is still meant is kept, with all that was typed into it. */
export function draw(parent: ParentNode & Node, child: Child): void {
  const wanted = plain(child)
  const spare = new Set<ChildNode>(parent.childNodes)
  const nodes = wanted.map((one) => {
    const node = [...spare].find((old) => isFor(old, one)) ?? create(one)
    spare.delete(node)
    update(node, one)
    return node
  })
  for (const node of spare) node.remove()
  for (const [at, node] of nodes.entries()) {
    const there = parent.childNodes[at]
    // moved only where it is elsewhere, for that takes the focus
    if (there !== node) parent.insertBefore(node, there ?? null)
  }
}

function plain(child: Child): readonly Plain[] {
  if (child === null || child === undefined || typeof child === 'boolean') return []
  if (typeof child !== 'object') return [String(child)]
  return 'type' in child ? [child] : child.flatMap(plain)
}

function isFor(node: Node, one: Plain): boolean {
  if (typeof one === 'string') return node instanceof Text
  const old = drawn.get(node)
  return old?.type === one.type && old.key === one.key
}

function create(one: Plain): ChildNode {
  if (typeof one === 'string') return new Text(one)
  const { type, key } = one
  const element = document.createElement(type)
  // Pictures come once they are on the page, and so not before it is known that they may be shown.
  Reflect.set(element, 'loading', 'lazy')
  drawn.set(element, { type, key, props: {} })
  return element
}

function update(node: ChildNode, one: Plain): void {
  const old = drawn.get(node)
  if (typeof one === 'string') {
    if (node.textContent !== one) node.textContent = one
  } else if (old) {
    // Only elements are remembered.
    const element = node as Element
    for (const name of Object.keys({ ...old.props, ...one.props })) {
      const value = one.props[name]
      if (old.props[name] !== value) set(element, name, value)
    }
    old.props = one.props
    draw(element, one.children)
  }
}

function set(element: Element, name: string, value: unknown): void {
  // `style` not by its attribute, which the page's Content-Security-Policy may forbid.
  if (/^(on|style)/.test(name)) Reflect.set(element, name.toLowerCase(), value)
  else if ((value ?? false) === false) element.removeAttribute(name)
  // Nothing but texts and numbers is left.
  else element.setAttribute(name, value === true ? '' : String(value as string | number))
  // so that the shop's own style sheet reaches by ::part what ours reaches by class
  if (name === 'class') set(element, 'part', value)
}
