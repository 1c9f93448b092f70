import { z } from 'zod'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface SchemaBook {
  /** What a caller sends. */
  readonly input: (schema: z.core.$ZodType) => JsonSchema
  /** What a caller gets. Ask for all of these first: of two forms of one name this one keeps it. */
  readonly output: (schema: z.core.$ZodType) => JsonSchema
  /** Those that have a name (`meta({ id })`), in the form that OpenAPI refers to. */
  readonly components: () => Readonly<Record<string, JsonSchema>>
}

type Direction = 'input' | 'output'

const LOCAL = '#/$defs/'
const SHARED = '#/components/schemas/'

/** JSON Schema 2020-12, as OpenAPI 3.1 has it, of zod's schemas. */
export function createSchemaBook(): SchemaBook {
  const components = new Map<string, JsonSchema>()

  function convert(schema: z.core.$ZodType, io: Direction): JsonSchema {
    const { root, named } = rawSchema(schema, io)
    const others = differing(named, components)
    const nameOf = (name: string) => (others.has(name) ? `${name}Input` : name)
    for (const [name, json] of named) components.set(nameOf(name), renamed(json, nameOf))
    return renamed(root, nameOf)
  }

  return {
    input: (schema) => convert(schema, 'input'),
    output: (schema) => convert(schema, 'output'),
    components: () => Object.fromEntries([...components].toSorted(byName)),
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

interface RawSchema {
  readonly root: JsonSchema
  readonly named: ReadonlyMap<string, JsonSchema>
}

function rawSchema(schema: z.core.$ZodType, io: Direction): RawSchema {
  const behind = new Set<z.ZodType>()
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      tidy(zodSchema, jsonSchema, io)
      const checked = io === 'input' ? checkedBefore(zodSchema) : undefined
      const id = checked?.meta()?.id
      if (checked === undefined || id === undefined) return
      behind.add(checked)
      jsonSchema.$ref = LOCAL + id
    },
  })
  // The document says which dialect it is.
  delete root.$schema
  const named = new Map<string, JsonSchema>(Object.entries($defs))
  for (const one of behind) {
    for (const [name, json] of rawSchema(one, io).named) named.set(name, json)
  }
  return { root, named }
}

/** Of a value that is only measured before it is parsed (`ConditionSchema`), what it is then parsed by. */
function checkedBefore(schema: z.core.$ZodTypes): z.ZodType | undefined {
  if (!(schema instanceof z.ZodPipe)) return undefined
  const { in: first, out } = schema.def
  return first instanceof z.ZodUnknown && out instanceof z.ZodType ? out : undefined
}

/** What zod adds that tells a reader nothing, or forbids what a later version may send. */
function tidy(schema: z.core.$ZodTypes, json: z.core.JSONSchema.BaseSchema, io: Direction): void {
  delete json.readOnly
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum
  const isOpen = schema instanceof z.ZodObject && schema.def.catchall === undefined
  if (io === 'output' && isOpen) delete json.additionalProperties
}

/** Names whose schema is another one in the book, or refers to such a one. */
function differing(
  named: ReadonlyMap<string, JsonSchema>,
  known: ReadonlyMap<string, JsonSchema>,
): ReadonlySet<string> {
  const same = (name: string) => name
  const found = new Set<string>()
  for (const [name, json] of named) {
    const other = known.get(name)
    const isOther =
      other !== undefined && JSON.stringify(other) !== JSON.stringify(renamed(json, same))
    if (isOther) found.add(name)
  }
  for (let before = -1; before < found.size;) {
    before = found.size
    for (const [name, json] of named) {
      const text = JSON.stringify(json)
      if ([...found].some((other) => text.includes(`"${LOCAL}${other}"`))) found.add(name)
    }
  }
  return found
}

/** With its references where OpenAPI has them. */
function renamed(json: JsonSchema, nameOf: (name: string) => string): JsonSchema {
  const text = JSON.stringify(json, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(LOCAL)
      ? SHARED + nameOf(value.slice(LOCAL.length))
      : value,
  )
  return Object(JSON.parse(text))
}
