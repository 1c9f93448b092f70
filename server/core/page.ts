import { Refusal } from './errors.ts'
import type { Call } from './http.ts'
import { wellFormed } from './well-formed.ts'

/** Which part of a list was asked for. */
export interface Page {
  readonly limit: number
  /** The `nextCursor` of the answer before. */
  readonly cursor: string | undefined
}

const USUAL_LIMIT = 50
const MAX_LIMIT = 200

/** `?limit=&cursor=`; refuses a limit out of bounds. */
export function pageOf(call: Pick<Call, 'query'>): Page {
  const limit = Number(call.query('limit') ?? USUAL_LIMIT)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new Refusal('bad_request', `limit: a number from 1 to ${MAX_LIMIT}`)
  }
  return { limit, cursor: wellFormed(call.query('cursor') ?? '') || undefined }
}
