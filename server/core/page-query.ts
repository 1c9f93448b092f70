import { Refusal } from './errors.ts'
import type { Call } from './http.ts'
import { wellFormed } from './well-formed.ts'

const MAX_PAGE = 100
const USUAL_PAGE = 50
const MAX_TEXT_CHARS = 200

/** A query parameter as a text that both databases keep, at most 200 characters; undefined where it is empty. */
export function queryText(call: Call, name: string): string | undefined {
  return wellFormed(call.query(name) ?? '').slice(0, MAX_TEXT_CHARS) || undefined
}

/** `?limit=&cursor=` of a list. Refuses a limit beyond 100. */
export function pageQuery(call: Call): { readonly limit: number; readonly cursor?: string } {
  const limit = Number(call.query('limit') ?? USUAL_PAGE)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new Refusal('bad_request', `limit: a number from 1 to ${MAX_PAGE}`)
  }
  const cursor = queryText(call, 'cursor')
  return { limit, ...(cursor !== undefined && { cursor }) }
}
