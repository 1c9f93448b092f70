import { randomBytes } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { MAX_VIEWS, type SavedView, type ViewDraft, type ViewList } from '#protocol/views.ts'
import { recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import type { Handle } from './store.ts'

export interface SavedViews {
  readonly list: (shopId: number, of: ViewList | undefined) => Promise<SavedView[]>
  /** Refuses a taken name (`conflict`), and more than there may be. */
  readonly save: (shopId: number, view: ViewDraft, by: Actor) => Promise<SavedView>
  readonly remove: (shopId: number, viewId: string, by: Actor) => Promise<void>
}

export function createSavedViews({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => number
}): SavedViews {
  return {
    list: (shopId, of) => listViews(db, shopId, of),
    save: (shopId, view, by) =>
      db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const saved = { ...view, publicId: randomBytes(16), createdAt: now() }
        const [made] = await sql
          .insert(db.t.savedViews)
          .values({ ...saved, shopId })
          .onConflictDoNothing()
          .returning({ id: db.t.savedViews.id })
        if (made === undefined) {
          throw new Refusal(
            'conflict',
            `There is a view “${view.name}” already: choose another name`,
          )
        }
        await note(handle, shopId, { by, at: now(), action: 'view.saved', view })
        // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
        if ((await listViews(handle, shopId, view.list)).length > MAX_VIEWS) {
          throw new Refusal('conflict', `A list has at most ${MAX_VIEWS} saved views: remove one`)
        }
        return { ...view, id: saved.publicId.toString('base64url'), createdAt: saved.createdAt }
      }),
    remove: (shopId, viewId, by) =>
      db.transaction(async (sql) => {
        const { savedViews: views } = db.t
        const [gone] = await sql
          .delete(views)
          .where(
            and(eq(views.shopId, shopId), eq(views.publicId, Buffer.from(viewId, 'base64url'))),
          )
          .returning({ list: views.list, name: views.name })
        if (gone === undefined) throw new Refusal('not_found', 'There is no such view')
        await note({ sql, t: db.t }, shopId, { by, at: now(), action: 'view.removed', view: gone })
      }),
  }
}

async function listViews(
  { sql, t: { savedViews: views } }: Handle,
  shopId: number,
  of: ViewList | undefined,
): Promise<SavedView[]> {
  const rows = await sql
    .select()
    .from(views)
    .where(and(eq(views.shopId, shopId), of === undefined ? undefined : eq(views.list, of)))
    .orderBy(asc(views.name))
  return rows.map(({ publicId, list, name, query, createdAt }) => {
    return { id: publicId.toString('base64url'), list, name, query, createdAt }
  })
}

interface Noted {
  readonly by: Actor
  readonly at: number
  readonly action: 'view.saved' | 'view.removed'
  readonly view: Pick<ViewDraft, 'list' | 'name'>
}

/** A view's filters may name people, and the log is never erased: it keeps what the view is called. */
function note(handle: Handle, shopId: number, { by, at, action, view }: Noted): Promise<void> {
  const { list, name } = view
  const told =
    action === 'view.saved' ? { before: null, after: { list } } : { before: { list }, after: null }
  return recordChange(handle, shopId, {
    ...told,
    by,
    at,
    action,
    object: { kind: 'view', id: name },
  })
}
