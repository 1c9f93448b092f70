import { html, type Html } from './html.ts'
import type { JsonSchema } from './json-schema.ts'

const SHARED = '#/components/schemas/'
const LIMITS = {
  minLength: 'characters at least',
  maxLength: 'characters at most',
  minimum: 'at least',
  maximum: 'at most',
  minItems: 'items at least',
  maxItems: 'items at most',
  pattern: 'like',
} as const

/** A schema for people: its type, its bounds, and its fields where it has some. */
export function schemaHtml(schema: JsonSchema): Html {
  return html`<div class="schema">
    <p>${typeHtml(schema)} ${boundsOf(schema)}</p>
    ${fieldsHtml(schema)}
  </div>`
}

function fieldsHtml(schema: JsonSchema): Html | undefined {
  const parts = partsOf(schema)
  const list = parts.flatMap((part) => {
    const fields = Object.entries(objectOf(part.properties))
    if (fields.length === 0) return []
    const required = Array.isArray(part.required) ? part.required : []
    return [
      html`<ul class="fields">
        ${fields.map(([name, field]) => fieldHtml(name, objectOf(field), required.includes(name)))}
      </ul>`,
    ]
  })
  return list.length === 0 ? undefined : html`${list}`
}

function fieldHtml(name: string, field: JsonSchema, isRequired: boolean): Html {
  const need = isRequired ? html` <b>required</b>` : undefined
  const fallback =
    field.default === undefined ? '' : ` ${JSON.stringify(field.default)} unless said`
  return html`<li>
    <code>${name}</code> <span class="type">${typeHtml(field)}</span>${need}<small
      >${fallback} ${boundsOf(field)}</small
    >${fieldsHtml(field)}
  </li>`
}

/** Where the fields are: of an object itself, of a list's items, of each of several forms. */
function partsOf(schema: JsonSchema): readonly JsonSchema[] {
  const forms = formsOf(schema)
  if (forms.length > 0) return forms.flatMap(partsOf)
  if (schema.type === 'array') return partsOf(objectOf(schema.items))
  return [schema]
}

function formsOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  const forms = Array.isArray(anyOf) ? anyOf : oneOf
  return Array.isArray(forms) ? forms.map(objectOf) : []
}

function typeHtml(schema: JsonSchema): Html {
  const { $ref, type, items } = schema
  if (typeof $ref === 'string') {
    const name = $ref.slice(SHARED.length)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const forms = formsOf(schema)
  if (forms.length > 0) return joined([...new Set(forms.map((one) => typeHtml(one).markup))])
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (Array.isArray(schema.enum)) {
    return joined(schema.enum.map((one) => html`<code>${String(one)}</code>`.markup))
  }
  if (type === 'array') return html`list of ${typeHtml(objectOf(items))}`
  return html`${typeof type === 'string' ? type : 'any JSON'}`
}

function joined(markups: readonly string[]): Html {
  return html`${markups.map((markup, at) => ({ markup: at === 0 ? markup : ` | ${markup}` }))}`
}

function boundsOf(schema: JsonSchema): string {
  return Object.entries(LIMITS)
    .flatMap(([name, words]) => {
      const limit = schema[name]
      return typeof limit === 'number' || typeof limit === 'string' ? [`${words} ${limit}`] : []
    })
    .join(', ')
}

function objectOf(value: unknown): JsonSchema {
  return Object(value)
}
