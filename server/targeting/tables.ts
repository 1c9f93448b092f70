import { AUDIENCE_STATES, SUBJECT_KINDS } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export function targetingTables(
  k: Kit,
  { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>,
) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const audiences = k.table(
    'audiences',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      name: k.text().notNull(),
      condition: k.json<Condition>().notNull(),
      /** `computing`: profiles from before the condition are still being looked at. */
      state: k.oneOf(AUDIENCE_STATES).notNull(),
      /** Which kind of profile is being looked at, up to which row, how many were and how many there are in all. */
      fillKind: k.oneOf(SUBJECT_KINDS).notNull(),
      fillTo: k.long().notNull(),
      filled: k.long().notNull(),
      fillTotal: k.long().notNull(),
      /** Webhooks are told who enters and leaves. */
      isTold: k.bool().notNull().default(false),
      /** Nobody is shown it since, and nothing may ask for it. Its members are kept up to date, so that it can come back. */
      archivedAt: k.ms(),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('audiences_name').on(t.shopId, t.name)],
  )

  const audienceMembers = k.table(
    'audience_members',
    {
      shopId: shopId(),
      audienceId: k
        .long()
        .notNull()
        .references(() => audiences.id, { onDelete: 'cascade' }),
      kind: k.oneOf(SUBJECT_KINDS).notNull(),
      /** The visitor's or the customer's row. */
      subjectId: k.long().notNull(),
      since: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.audienceId, t.kind, t.subjectId] }),
      k.index('audience_members_subject').on(t.shopId, t.kind, t.subjectId),
    ],
  )

  /**
   * How many members an audience has, customers and visitors who are nobody's yet: its rows added up. Written by triggers
   * alone (`server/db/by-hand`). SQLite keeps one row an audience; PostgreSQL one more each commit, until they are joined.
   */
  const audienceCounts = k.table(
    'audience_counts',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      audienceId: k
        .long()
        .notNull()
        .references(() => audiences.id, { onDelete: 'cascade' }),
      members: k.long().notNull(),
    },
    (t) => [
      k.index('audience_counts_shop').on(t.shopId, t.audienceId),
      k.index('audience_counts_audience').on(t.audienceId),
    ],
  )

  /** How large an audience was at the end of a day, and so far today, by the shop's calendar. */
  const audienceSizes = k.table(
    'audience_sizes',
    {
      shopId: shopId(),
      audienceId: k
        .long()
        .notNull()
        .references(() => audiences.id, { onDelete: 'cascade' }),
      /** Since 1970-01-01. */
      day: k.int().notNull(),
      members: k.long().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.audienceId, t.day] }),
      k.index('audience_sizes_audience').on(t.audienceId),
    ],
  )

  return { audiences, audienceMembers, audienceCounts, audienceSizes }
}
