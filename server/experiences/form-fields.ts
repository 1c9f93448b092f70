import type { Block, Field, FieldTrait, HtmlNode, PopupContent } from '#protocol/popup.ts'

/** A field of a form, whether it was made of blocks or of own HTML. */
export interface FormField {
  readonly name: string
  readonly type: Field['type']
  readonly isRequired: boolean
  readonly options?: readonly string[]
  readonly trait?: FieldTrait
  readonly attribute?: string
}

/** The fields that a page's visitors can fill in, by name. */
export function formFields({ design }: PopupContent): ReadonlyMap<string, FormField> {
  const fields =
    design.kind === 'blocks' ? design.blocks.flatMap(fieldOf) : [...fieldsIn(design.tree)]
  const byName = new Map<string, FormField>()
  for (const field of fields) {
    const known = byName.get(field.name)
    byName.set(field.name, known === undefined ? field : together(known, field))
  }
  return byName
}

function fieldOf(block: Block): FormField[] {
  if (block.kind !== 'field') return []
  const { name, type, isRequired, options, trait, attribute } = block
  return [
    {
      name,
      type,
      isRequired,
      ...(options !== undefined && { options: options.map(({ value }) => value) }),
      ...(trait !== undefined && { trait }),
      ...(attribute !== undefined && { attribute }),
    },
  ]
}

/** Radio buttons of one name are one choice. */
function together(one: FormField, other: FormField): FormField {
  const options = [...(one.options ?? []), ...(other.options ?? [])]
  const isRequired = one.isRequired || other.isRequired
  return { ...one, isRequired, ...(options.length > 0 && { options }) }
}

type HtmlElement = Exclude<HtmlNode, string>

const CONTROLS = new Set(['input', 'select', 'textarea'])
const BUTTONS = new Set(['submit', 'button', 'reset', 'image'])
const TYPES: Readonly<Record<string, Field['type']>> = {
  email: 'email',
  tel: 'phone',
  checkbox: 'checkbox',
  date: 'date',
  radio: 'choice',
}

function* fieldsIn(nodes: readonly HtmlNode[]): Generator<FormField> {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    const field = CONTROLS.has(node.tag) ? controlOf(node) : undefined
    if (field !== undefined) yield field
    yield* fieldsIn(node.children ?? [])
  }
}

function controlOf(element: HtmlElement): FormField | undefined {
  const { tag, attributes = {} } = element
  const { name, type = 'text', value, required } = attributes
  if (name === undefined || name === '' || BUTTONS.has(type)) return undefined
  const isRequired = required !== undefined
  if (tag === 'select') return { name, isRequired, type: 'choice', options: optionsIn(element) }
  const known = tag === 'input' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  const field = { name, isRequired, type: known ?? ('text' as const) }
  return type === 'radio' ? { ...field, options: [value ?? 'on'] } : field
}

function optionsIn({ children = [] }: HtmlElement): string[] {
  return children.flatMap((child) => {
    if (typeof child === 'string') return []
    if (child.tag !== 'option') return optionsIn(child)
    return [child.attributes?.['value'] ?? textIn(child).trim()]
  })
}

function textIn({ children = [] }: HtmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('')
}
