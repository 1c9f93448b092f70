import type { Page } from 'playwright-core'

interface Node {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: { readonly value?: unknown }
  readonly name?: { readonly value?: unknown }
  readonly value?: { readonly value?: unknown }
  readonly description?: { readonly value?: unknown }
  readonly properties?: readonly {
    readonly name: string
    readonly value: { readonly value?: unknown }
  }[]
  readonly childIds?: readonly string[]
}

const STATES = ['modal', 'required', 'invalid', 'focused', 'live', 'checked', 'disabled']
/** Told by the one above them. */
const SILENT = ['InlineTextBox', 'StaticText', 'LayoutTable', 'ListMarker']

/** What assistive technology is told of the pop-up of a page, an element a line: role, name, value, states. */
export async function spoken(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map<string, Node>(nodes.map((node: Node) => [node.nodeId, node]))
  const box = nodes.find(isBox)
  return box === undefined ? '' : linesOf(box, byId, 0).join('\n')
}

function isBox({ role, ignored }: Node): boolean {
  return !ignored && ['dialog', 'region'].includes(String(role?.value))
}

function linesOf(node: Node, byId: ReadonlyMap<string, Node>, depth: number): readonly string[] {
  const line = node.ignored ? undefined : lineOf(node)
  const children = (node.childIds ?? []).flatMap((id) => {
    const child = byId.get(id)
    return child === undefined ? [] : linesOf(child, byId, line === undefined ? depth : depth + 1)
  })
  return line === undefined ? children : [`${'  '.repeat(depth)}${line}`, ...children]
}

function lineOf(node: Node): string | undefined {
  const role = String(node.role?.value ?? '')
  const name = String(node.name?.value ?? '')
  if (role === 'StaticText') return name.trim() === '' ? undefined : `"${name.trim()}"`
  if (SILENT.includes(role) || role === 'none' || role === 'generic') return undefined
  const states = (node.properties ?? [])
    .filter(({ name: state, value }) => STATES.includes(state) && isTold(value.value))
    .map(({ name: state, value }) =>
      value.value === true ? state : `${state}=${String(value.value)}`,
    )
  const value = node.value?.value === undefined ? [] : [`value ${String(node.value.value)}`]
  const description = node.description?.value
    ? [`description "${String(node.description.value)}"`]
    : []
  return [`${role} "${name}"`, ...value, ...description, ...states].join(', ')
}

function isTold(value: unknown): boolean {
  return value !== false && value !== 'false' && value !== 'off' && value !== undefined
}
