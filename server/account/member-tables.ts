import type { Role } from '#protocol/account.ts'
import type { Kit } from '../db/columns.ts'
import type { accountTables } from './tables.ts'

/** What a session's browser said of itself, as families. */
export interface Device {
  readonly browser?: string
  readonly os?: string
  readonly device?: string
}

/**
 * People with an account. They are the installation's, not a shop's: who is a member of which shop stands in
 * `member_roles`, and only there does a shop look for people.
 */
export function memberTables(k: Kit, { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>) {
  const members = k.table(
    'members',
    {
      id: k.serial().primaryKey(),
      publicId: k.bytes().notNull(),
      /** In lower case. */
      email: k.text().notNull(),
      /** See passwords.ts. */
      passwordHash: k.text().notNull(),
      name: k.text().notNull(),
      /** What visitors are shown in the place of the name. */
      alias: k.text(),
      /** BCP 47, the preferred one first. */
      languages: k.json<string[]>().notNull(),
      timeZone: k.text(),
      /** What the console remembers for its user. */
      preferences: k.json<Record<string, string | number | boolean>>().notNull(),
      createdAt: k.ms().notNull(),
      passwordChangedAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('members_public_id').on(t.publicId),
      k.uniqueIndex('members_email').on(t.email),
    ],
  )

  const ofMember = () =>
    k
      .long()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' })

  /** A row a role: whoever has one is a member of the shop. */
  const memberRoles = k.table(
    'member_roles',
    {
      shopId: k
        .long()
        .notNull()
        .references(() => shops.id, { onDelete: 'cascade' }),
      memberId: ofMember(),
      role: k.oneOf(['owner', 'admin', 'operator', 'host']).notNull(),
      createdAt: k.ms().notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.shopId, t.memberId, t.role] }),
      k.index('member_roles_member').on(t.memberId),
    ],
  )

  const memberSessions = k.table(
    'member_sessions',
    {
      id: k.serial().primaryKey(),
      publicId: k.bytes().notNull(),
      tokenHash: k.bytes().notNull(),
      memberId: ofMember(),
      device: k.json<Device>().notNull(),
      /** Truncated: never the whole address. */
      addressGroup: k.text().notNull(),
      createdAt: k.ms().notNull(),
      usedAt: k.ms().notNull(),
      /** When they last proved who they are. */
      signedInAt: k.ms().notNull(),
      /** However much it is used. */
      expiresAt: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('member_sessions_token').on(t.tokenHash),
      k.index('member_sessions_member').on(t.memberId),
      k.index('member_sessions_expiry').on(t.expiresAt),
    ],
  )

  /** Links that set up the first owner, invite, rescue, or reset a password; of their token only the SHA-256 is kept. */
  const accountLinks = k.table(
    'account_links',
    {
      id: k.serial().primaryKey(),
      publicId: k.bytes().notNull(),
      tokenHash: k.bytes().notNull(),
      kind: k.oneOf(['setup', 'rescue', 'invitation', 'reset']).notNull(),
      /** Null: a reset, which concerns no shop. */
      shopId: k.long().references(() => shops.id, { onDelete: 'cascade' }),
      /** Null: whoever sets up the first shop says it. */
      email: k.text(),
      roles: k.json<Role[]>().notNull(),
      invitedBy: k.long().references(() => members.id, { onDelete: 'set null' }),
      createdAt: k.ms().notNull(),
      expiresAt: k.ms().notNull(),
      spentAt: k.ms(),
    },
    (t) => [
      k.uniqueIndex('account_links_token').on(t.tokenHash),
      k.index('account_links_shop').on(t.shopId, t.email),
      k.index('account_links_expiry').on(t.expiresAt),
    ],
  )

  /** Attempts to sign in since the last that succeeded, by the SHA-256 of the address that was given, known or not. */
  const signInAttempts = k.table(
    'sign_in_attempts',
    {
      subject: k.bytes().primaryKey(),
      attempts: k.int().notNull(),
      /** Whether the newest was looked at; written by the statement that counts it. */
      isAllowed: k.bool().notNull(),
      blockedUntil: k.ms().notNull(),
      triedAt: k.ms().notNull(),
    },
    (t) => [k.index('sign_in_attempts_tried').on(t.triedAt)],
  )

  const secondFactors = k.table('second_factors', {
    memberId: k
      .long()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Sealed, as the server must compute codes with it; see `core/secret-box.ts`. */
    secret: k.bytes().notNull(),
    /** Null: not asked for before its first code was shown to us. */
    confirmedAt: k.ms(),
    /** The newest 30 s whose code was used; it and those before count no more. */
    lastStep: k.long().notNull(),
  })

  const recoveryCodes = k.table(
    'recovery_codes',
    {
      memberId: ofMember(),
      codeHash: k.bytes().notNull(),
      spentAt: k.ms(),
    },
    (t) => [k.primaryKey({ columns: [t.memberId, t.codeHash] })],
  )

  const memberPhotos = k.table('member_photos', {
    memberId: k
      .long()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    type: k.oneOf(['image/png', 'image/jpeg', 'image/webp']).notNull(),
    content: k.bytes().notNull(),
    changedAt: k.ms().notNull(),
  })

  return {
    members,
    memberRoles,
    memberSessions,
    accountLinks,
    signInAttempts,
    secondFactors,
    recoveryCodes,
    memberPhotos,
  }
}
