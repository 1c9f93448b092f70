import type { Page } from 'playwright-core'

interface Told {
  readonly value?: unknown
}

interface Node {
  readonly nodeId: string
  readonly ignored: boolean
  readonly role?: Told
  readonly name?: Told
  readonly value?: Told
  readonly description?: Told
  readonly properties?: readonly { readonly name: string; readonly value: Told }[]
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
  return !ignored && ['dialog', 'region'].includes(wordsOf(role))
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
  const role = wordsOf(node.role)
  const name = wordsOf(node.name)
  if (role === 'StaticText') return name.trim() === '' ? undefined : `"${name.trim()}"`
  if (SILENT.includes(role) || role === 'none' || role === 'generic') return undefined
  const states = (node.properties ?? [])
    .filter(({ name: state, value }) => STATES.includes(state) && isTold(value))
    .map(({ name: state, value }) => (value.value === true ? state : `${state}=${wordsOf(value)}`))
  const value = isTold(node.value) ? [`value ${wordsOf(node.value)}`] : []
  const description = isTold(node.description) ? [`description "${wordsOf(node.description)}"`] : []
  return [`${role} "${name}"`, ...value, ...description, ...states].join(', ')
}

function isTold(told: Told | undefined): boolean {
  return !['', 'false', 'off'].includes(wordsOf(told))
}

function wordsOf(told: Told | undefined): string {
  const { value = '' } = told ?? {}
  return typeof value === 'string' ? value : JSON.stringify(value)
}
