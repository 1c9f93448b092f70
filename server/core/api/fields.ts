import { z } from 'zod'

export const Cursor = z.string().max(500).optional().describe('nextCursor of the page before')

/** Of lists: how many at most, and where the page before ended. */
export function pageQuery(most: number) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(most).default(50).describe('How many at most'),
    cursor: Cursor,
  })
}

/** A page of a list, the last of which has no next. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export function idOf(what: string): z.ZodType {
  return z.string().describe(`The id of ${what}`)
}
