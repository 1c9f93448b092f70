import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { MAIL_STATES } from '#protocol/mail.ts'
import type { Kit } from '../../db/columns.ts'

interface ShopsTable {
  readonly shops: { readonly id: AnyPgColumn }
}

export function mailTables(k: Kit, { shops }: ShopsTable) {
  /** The outbox. A `shopId` of null: of the installation itself, as its members' own mails are. */
  const mails = k.table(
    'mails',
    {
      id: k.serial().primaryKey(),
      shopId: k.long().references(() => shops.id, { onDelete: 'cascade' }),
      state: k.oneOf(MAIL_STATES).notNull(),
      kind: k.text().notNull(),
      toAddress: k.text().notNull(),
      toName: k.text(),
      /** Null: `MAIL_FROM`, as it is when the mail is sent. */
      fromAddress: k.text(),
      fromName: k.text(),
      replyTo: k.text(),
      subject: k.text().notNull(),
      text: k.text().notNull(),
      html: k.text(),
      /** BCP 47. */
      language: k.text(),
      unsubscribeUrl: k.text(),
      /** Holds a link that opens something: what it says is told to nobody but its reader. */
      isSecret: k.bool().notNull(),
      /** Made once, so that two copies of a mail are known as one. */
      messageId: k.text().notNull(),
      attempts: k.int().notNull(),
      lastError: k.text(),
      createdAt: k.ms().notNull(),
      sentAt: k.ms(),
    },
    (t) => [
      k.index('mails_shop').on(t.shopId, t.state, t.id),
      k.index('mails_age').on(t.state, t.createdAt),
    ],
  )

  return { mails }
}
