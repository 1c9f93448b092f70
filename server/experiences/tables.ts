import { SUBJECT_KINDS } from '#protocol/audiences.ts'
import {
  EXPERIENCE_KINDS,
  EXPERIENCE_STATES,
  STOP_REASONS,
  type ExperienceDraft,
  type Frequency,
  type Goal,
  type Trigger,
} from '#protocol/experiences.ts'
import type { Block, Popup, PopupContent } from '#protocol/popup.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export function experiencesTables(
  k: Kit,
  { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>,
) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  /** For a whole shop. No row: it has never had an experience. */
  const experienceSettings = k.table('experience_settings', {
    shopId: k
      .long()
      .primaryKey()
      .references(() => shops.id, { onDelete: 'cascade' }),
    /** Grows with each change of the shop's experiences. */
    epoch: k.long().notNull(),
    isOn: k.bool().notNull(),
    perSession: k.int(),
    gapSeconds: k.int().notNull(),
  })

  const experiences = k.table(
    'experiences',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      key: k.text().notNull(),
      name: k.text().notNull(),
      kind: k.oneOf(EXPERIENCE_KINDS).notNull(),
      state: k.oneOf(EXPERIENCE_STATES).notNull(),
      priority: k.int().notNull(),
      targeting: k.json<Condition>().notNull(),
      triggers: k.json<Trigger[]>().notNull(),
      frequency: k.json<Frequency>().notNull(),
      goal: k.json<Goal>().notNull(),
      startsAt: k.ms(),
      endsAt: k.ms(),
      /** As it was written. */
      content: k.json<Popup>().notNull(),
      /** As pages get it: sanitised when it was saved. */
      drawn: k.json<PopupContent>().notNull(),
      thanks: k.json<Block[]>().notNull(),
      version: k.int().notNull().default(1),
      createdAt: k.ms().notNull(),
      updatedAt: k.ms().notNull(),
    },
    (t) => [k.uniqueIndex('experiences_key').on(t.shopId, t.key)],
  )

  /** Tables that grow with visitors have an index by it alone: removing an experience removes what hangs on it. */
  const experienceId = () =>
    k
      .long()
      .notNull()
      .references(() => experiences.id, { onDelete: 'cascade' })

  /** As it was after each of its last changes. */
  const experienceVersions = k.table(
    'experience_versions',
    {
      shopId: shopId(),
      experienceId: experienceId(),
      number: k.int().notNull(),
      at: k.ms().notNull(),
      /** Null: it was changed before versions were kept. */
      actorKind: k.oneOf(['key', 'member', 'command']),
      actorName: k.text(),
      changed: k.json<string[]>().notNull(),
      name: k.text().notNull(),
      state: k.oneOf(EXPERIENCE_STATES).notNull(),
      experience: k.json<ExperienceDraft>().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.experienceId, t.number] }),
      k.index('experience_versions_experience').on(t.experienceId),
    ],
  )

  /** Drafts that whoever has the link sees on the shop's own pages. */
  const experiencePreviews = k.table(
    'experience_previews',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      experienceId: experienceId(),
      /** SHA-256 of what the link holds: reading the table opens nothing. */
      tokenHash: k.bytes().notNull(),
      /** Of the pages that it is shown on. */
      origin: k.text().notNull(),
      drawn: k.json<PopupContent>().notNull(),
      thanks: k.json<Block[]>().notNull(),
      endsAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('experience_previews_token').on(t.shopId, t.tokenHash),
      k.index('experience_previews_experience').on(t.experienceId),
    ],
  )

  /** Who asks to draw takes a number of a period, for 30 s; the impression keeps it. */
  const frequencyClaims = k.table(
    'frequency_claims',
    {
      shopId: shopId(),
      experienceId: experienceId(),
      kind: k.oneOf(SUBJECT_KINDS).notNull(),
      /** The visitor's or the customer's row. */
      subjectId: k.long().notNull(),
      /** `ever`, `day 2026-11-27`, `week 2026-11-23`, `month 2026-11`, `session 12`, `pageView …`. */
      period: k.text().notNull(),
      number: k.int().notNull(),
      claimId: k.bytes().notNull(),
      sessionRow: k.long(),
      /** Counts among the modals and slide-ins of a session. */
      isInterruption: k.bool().notNull(),
      leasedUntil: k.ms().notNull(),
      spentAt: k.ms(),
    },
    (t) => [
      k.primaryKey({
        columns: [t.shopId, t.kind, t.subjectId, t.experienceId, t.period, t.number],
      }),
      k.uniqueIndex('frequency_claims_claim').on(t.shopId, t.claimId),
      k.index('frequency_claims_experience').on(t.experienceId),
    ],
  )

  /** What somebody did after which an experience is not shown to them again. */
  const frequencyStops = k.table(
    'frequency_stops',
    {
      shopId: shopId(),
      kind: k.oneOf(SUBJECT_KINDS).notNull(),
      subjectId: k.long().notNull(),
      experienceId: experienceId(),
      reason: k.oneOf(STOP_REASONS).notNull(),
      at: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.kind, t.subjectId, t.experienceId, t.reason] }),
      k.index('frequency_stops_experience').on(t.experienceId),
    ],
  )

  /** Impressions of those who can be told apart, for the goals they reach later. */
  const impressions = k.table(
    'impressions',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      experienceId: experienceId(),
      variantId: k.text().notNull(),
      kind: k.oneOf(SUBJECT_KINDS).notNull(),
      subjectId: k.long().notNull(),
      at: k.ms().notNull(),
    },
    (t) => [
      k.index('impressions_subject').on(t.shopId, t.kind, t.subjectId, t.at),
      k.index('impressions_experience').on(t.experienceId),
    ],
  )

  /** A goal that was reached counts once for an experience. */
  const conversions = k.table(
    'conversions',
    {
      shopId: shopId(),
      experienceId: experienceId(),
      variantId: k.text().notNull(),
      /** The order's id, or the event's. */
      reachedKey: k.text().notNull(),
      at: k.ms().notNull(),
      amount: k.long(),
      currency: k.text(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.experienceId, t.reachedKey] }),
      k.index('conversions_experience').on(t.experienceId),
    ],
  )

  /** Figures by day. */
  const experienceDays = k.table(
    'experience_days',
    {
      shopId: shopId(),
      experienceId: experienceId(),
      variantId: k.text().notNull(),
      /** Calendar date in the shop's time zone. */
      dayOn: k.text().notNull(),
      impressions: k.long().notNull().default(0),
      clicks: k.long().notNull().default(0),
      closes: k.long().notNull().default(0),
      submissions: k.long().notNull().default(0),
      conversions: k.long().notNull().default(0),
    },
    (t) => [k.primaryKey({ columns: [t.shopId, t.experienceId, t.variantId, t.dayOn] })],
  )

  /** What visitors filled in. */
  const formSubmissions = k.table(
    'form_submissions',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      submissionId: k.bytes().notNull(),
      experienceId: experienceId(),
      variantId: k.text().notNull(),
      visitorRow: k.long(),
      fields: k.json<Record<string, string | boolean>>().notNull(),
      url: k.text().notNull(),
      at: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('form_submissions_once').on(t.shopId, t.submissionId),
      k.index('form_submissions_experience').on(t.experienceId, t.id),
    ],
  )

  return {
    experienceSettings,
    experiences,
    experienceVersions,
    experiencePreviews,
    frequencyClaims,
    frequencyStops,
    impressions,
    conversions,
    experienceDays,
    formSubmissions,
  }
}
