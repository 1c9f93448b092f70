import type { z } from 'zod'
import type { ErrorCode } from '#protocol/names.ts'

/** What a route says of itself where it is added; `/openapi.json`, `/docs` and the tests of all routes are made of it. */
export interface RouteDescription {
  /** Unique, camelCase: clients generated from the document call it so. */
  readonly name: string
  /** Under which heading it stands. */
  readonly topic: string
  /** One line. */
  readonly summary: string
  /** What else a caller should know; Markdown is not read. */
  readonly text?: string
  /** Of each `:name` in the path, described. */
  readonly params?: Readonly<Record<string, z.ZodType>>
  /** Each described. */
  readonly query?: z.ZodObject
  readonly body?: RouteBody
  readonly answer: RouteAnswer
  /** What this route refuses beside what its guard does. */
  readonly refusals?: readonly ErrorCode[]
  readonly example: RouteExample
}

/** JSON as its schema has it, or text of another type. */
export type RouteBody = { readonly schema: z.ZodType } | { readonly type: string }

export type RouteAnswer =
  | { readonly status: 204 }
  | { readonly status: 200 | 201 | 202; readonly schema: z.ZodType }
  | { readonly status: 200; readonly type: string }

/**
 * A request that can be made as it stands in the demo shop. `$NAME` in it stands for what another route's example
 * `gives`; always there are `$GP_URL`, `$GP_PUBLIC_KEY` of the shop, and `$GP_COOKIE` of a session at the console.
 */
export interface RouteExample {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** Of a route that takes a public key as well: a server sends it, with its secret key. */
  readonly isFromServer?: true
  /** It ends the session that the others need, or needs what only a person has: it is shown, and no test runs it. */
  readonly isShownOnly?: true
  /** JSON, or text where the route takes text. */
  readonly body?: unknown
  /** Names what others need by where it lies in the answer: `{ AUDIENCE_ID: 'id' }`, `{ ID: 'items.0.id' }`. */
  readonly gives?: Readonly<Record<string, string>>
}

/** A route of somebody else’s client, as docs/compatible tells it: no part of the API that we promise. */
export interface ForeignDescription {
  readonly compatibleWith: string
}

/** A route as the router knows it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly principal: string
  /** What a secret key must hold. */
  readonly scope?: string
  /** What a member's roles must allow, written like a scope. */
  readonly permission?: string
  readonly description?: RouteDescription | ForeignDescription
}
