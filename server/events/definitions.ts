import { randomBytes } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { MAX_DEFINITIONS, type Definition, type DefinitionDraft } from '#protocol/definitions.ts'
import { changesOf, recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'

export interface Definitions {
  readonly list: (shopId: number) => Promise<Definition[]>
  /** Replaces what was said of that name before. */
  readonly put: (shopId: number, draft: DefinitionDraft, by: Actor) => Promise<Definition>
  readonly remove: (shopId: number, id: string, by: Actor) => Promise<void>
}

const TOLD = ['kind', 'name', 'description', 'type', 'owner']

export function createDefinitions({
  db,
  now,
}: {
  readonly db: Database
  readonly now: () => number
}): Definitions {
  const { definitions } = db.t

  async function list(handle: Pick<Database, 'sql' | 't'>, shopId: number): Promise<Definition[]> {
    const rows = await handle.sql
      .select()
      .from(definitions)
      .where(eq(definitions.shopId, shopId))
      .orderBy(asc(definitions.kind), asc(definitions.name))
    return rows.map(({ publicId, kind, name, description, type, owner, updatedAt }) => {
      return { id: publicId.toString('base64url'), kind, name, description, type, owner, updatedAt }
    })
  }

  return {
    list: (shopId) => list(db, shopId),
    put: (shopId, draft, by) =>
      db.transaction(async (sql) => {
        const handle = { sql, t: db.t }
        const all = await list(handle, shopId)
        const before = all.find(({ kind, name }) => kind === draft.kind && name === draft.name)
        const { description, type, owner } = draft
        const updatedAt = now()
        const [saved] = await sql
          .insert(definitions)
          .values({ ...draft, shopId, publicId: randomBytes(16), updatedAt })
          .onConflictDoUpdate({
            target: [definitions.shopId, definitions.kind, definitions.name],
            set: { description, type, owner, updatedAt },
          })
          .returning({ publicId: definitions.publicId })
        const id = saved?.publicId.toString('base64url') ?? ''
        const changes = changesOf(before === undefined ? null : only(before), draft, TOLD)
        await recordChange(handle, shopId, {
          ...changes,
          by,
          at: updatedAt,
          action: 'definition.saved',
          object: { kind: 'definition', id },
        })
        // Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one.
        if (before === undefined && (await list(handle, shopId)).length > MAX_DEFINITIONS) {
          throw new Refusal('conflict', `A shop has at most ${MAX_DEFINITIONS} definitions`)
        }
        return { ...draft, id, updatedAt }
      }),
    remove: (shopId, id, by) =>
      db.transaction(async (sql) => {
        const [gone] = await sql
          .delete(definitions)
          .where(
            and(
              eq(definitions.shopId, shopId),
              eq(definitions.publicId, Buffer.from(id, 'base64url')),
            ),
          )
          .returning()
        if (gone === undefined) throw new Refusal('not_found', 'There is no such definition')
        await recordChange({ sql, t: db.t }, shopId, {
          ...changesOf(only(gone), null, TOLD),
          by,
          at: now(),
          action: 'definition.removed',
          object: { kind: 'definition', id },
        })
      }),
  }
}

function only({ kind, name, description, type, owner }: DefinitionDraft): Record<string, unknown> {
  return { kind, name, description, type, owner }
}
