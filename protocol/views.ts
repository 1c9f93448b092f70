import { z } from 'zod'

/** Lists that are looked at in different ways. */
export const VIEW_LISTS = ['visitors', 'customers', 'orders', 'products', 'events'] as const
export type ViewList = (typeof VIEW_LISTS)[number]

/** Of one shop and list. */
export const MAX_VIEWS = 100

const ListName = z.enum(VIEW_LISTS)

export const ViewSchema = z.strictObject({
  list: ListName,
  name: z.string().trim().min(1).max(80),
  /** Filters and order, as they stand in the list's address: `sort=newest&search=ana`. */
  query: z.string().max(8_000),
})
export type ViewDraft = z.infer<typeof ViewSchema>

export const SavedViewSchema = z
  .object({
    id: z.string(),
    list: ListName,
    name: z.string(),
    query: z.string(),
    createdAt: z.int(),
  })
  .meta({ id: 'SavedView' })
export type SavedView = Readonly<z.output<typeof SavedViewSchema>>
