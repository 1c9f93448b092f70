import { ERRORS, type ErrorCode } from '#protocol/names.ts'
import { ErrorAnswerSchema } from '#protocol/errors.ts'
import { curlOf } from './curl.ts'
import type { z } from 'zod'
import type { Route, RouteAnswer, RouteDescription } from './description.ts'
import { createSchemaBook, type JsonSchema, type SchemaBook } from './json-schema.ts'

/** An OpenAPI 3.1 document, as far as the page that shows it reads it. */
export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>
  }
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required: true
    readonly content: Readonly<Record<string, { schema: JsonSchema; example: unknown }>>
  }
  readonly responses: Readonly<Record<string, ApiResponse>>
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly 'x-codeSamples': readonly { readonly lang: string; readonly source: string }[]
  readonly 'x-scope'?: string
  /** Only a session opens it; what its member's roles must allow, `any` where that is all the same. */
  readonly 'x-permission'?: string
  /** Which `$NAME`s of other examples its answer tells, and where. */
  readonly 'x-gives'?: Readonly<Record<string, string>>
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly description: string
  readonly schema: JsonSchema
}

interface ApiResponse {
  readonly description: string
  readonly content?: Readonly<Record<string, { schema: JsonSchema }>>
}

export type Described = Route & { readonly description: RouteDescription }

const DESCRIPTION = `Everything the console does, a shop's own server can do over HTTP, with a secret key that has the scope for it. \
Make one with “npm run key”, and send it as “Authorization: Bearer sec_…”; never put it into a page. \
Lists answer { items, nextCursor }: send nextCursor as cursor for the next page, until it is null. \
Times are milliseconds since 1970, amounts of money minor units with their ISO code.`

/** The routes that have words of their own, in the order in which they were added. */
export function describedRoutes(routes: readonly Route[]): Described[] {
  return routes.flatMap((route) => {
    const { description } = route
    return description === undefined || 'compatibleWith' in description
      ? []
      : [{ ...route, description }]
  })
}

export function openApiOf(
  routes: readonly Route[],
  { url, version }: { readonly url: string; readonly version: string },
): OpenApi {
  const described = describedRoutes(routes)
  const book = createSchemaBook()
  // Answers first: where a name has two forms, theirs keeps it.
  const answers = new Map(described.map((route) => [route, responsesOf(route, book)]))
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of described) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    const operation = operationOf(route, answers.get(route) ?? {}, book)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Granplaza', version, description: DESCRIPTION },
    servers: [{ url }],
    tags: [...new Set(described.map(({ description }) => description.topic))].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas: book.components(),
      securitySchemes: {
        secretKey: { type: 'http', scheme: 'bearer', description: 'A secret key: sec_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gp_console',
          description:
            'Of somebody signed in at the console; over https its name begins with __Host-',
        },
      },
    },
  }
}

function operationOf(
  route: Described,
  responses: Operation['responses'],
  book: SchemaBook,
): Operation {
  const { description, scope, principal, permission = 'any' } = route
  const { name, topic, summary, text, params = {}, query, body, example } = description
  const parameters = [
    ...Object.entries(params).map(([at, schema]) => parameterOf(at, 'path', schema, book)),
    ...Object.entries(query?.shape ?? {}).map(([at, schema]) =>
      parameterOf(at, 'query', schema, book),
    ),
  ]
  const type = body !== undefined && 'type' in body ? body.type : 'application/json'
  return {
    operationId: name,
    tags: [topic],
    summary,
    ...(text !== undefined && { description: text }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: {
          [type]: {
            schema: 'schema' in body ? book.input(body.schema) : { type: 'string' },
            example: example.body,
          },
        },
      },
    }),
    responses,
    security: securityOf(route),
    ...(scope !== undefined && !isForPages(route) && { 'x-scope': scope }),
    ...(principal === 'console' && { 'x-permission': permission }),
    'x-codeSamples': [{ lang: 'curl', source: curlOf(route, description) }],
    ...(example.gives !== undefined && { 'x-gives': example.gives }),
  }
}

function securityOf(route: Described): Operation['security'] {
  if (route.principal === 'console') return [{ session: [] }]
  return isForPages(route) || route.scope === undefined ? [] : [{ secretKey: [] }]
}

/** The public key in the body is enough. */
function isForPages({ principal }: Route): boolean {
  return principal === 'key'
}

function parameterOf(
  name: string,
  place: Parameter['in'],
  schema: z.core.$ZodType,
  book: SchemaBook,
): Parameter {
  const { description = '', ...json } = book.input(schema)
  const required = place === 'path' || schema._zod.optin !== 'optional'
  return { name, in: place, required, description: String(description), schema: json }
}

function responsesOf(route: Described, book: SchemaBook): Operation['responses'] {
  const { answer } = route.description
  const refused = new Map<string, ErrorCode[]>()
  for (const code of codesOf(route)) {
    const status = String(ERRORS[code].status)
    refused.set(status, [...(refused.get(status) ?? []), code])
  }
  const schema = book.output(ErrorAnswerSchema)
  return {
    [answer.status]: successOf(answer, book),
    ...Object.fromEntries(
      [...refused].map(([status, codes]) => [
        status,
        { description: codes.join(', '), content: { 'application/json': { schema } } },
      ]),
    ),
  }
}

function successOf(answer: RouteAnswer, book: SchemaBook): ApiResponse {
  if (answer.status === 204) return { description: 'Done' }
  if ('type' in answer) {
    return { description: 'Done', content: { [answer.type]: { schema: { type: 'string' } } } }
  }
  const schema = book.output(answer.schema)
  return { description: 'Done', content: { 'application/json': { schema } } }
}

/** What any route of its kind may refuse, and what this one does. */
function codesOf({ principal, path, description }: Described): readonly ErrorCode[] {
  const { body, query, refusals = [] } = description
  const codes = new Set<ErrorCode>(refusals)
  if (body !== undefined || query !== undefined) codes.add('bad_request')
  if (body !== undefined) codes.add('too_large')
  if (principal !== 'anyone') {
    const unknown = principal === 'console' ? 'sign_in' : 'unknown_key'
    for (const code of [unknown, 'forbidden', 'too_many_requests'] as const) codes.add(code)
  }
  if (principal === 'key') codes.add('origin_not_allowed')
  if (path.includes(':')) codes.add('not_found')
  return [...codes]
}
