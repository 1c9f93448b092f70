import { DELIVERY_STATES, FACT_TYPES, WEBHOOK_STATES, type FactType } from '#protocol/webhooks.ts'
import type { accountTables } from '../account/tables.ts'
import type { Kit } from '../db/columns.ts'

export function webhooksTables(k: Kit, { shops }: Pick<ReturnType<typeof accountTables>, 'shops'>) {
  const shopId = () =>
    k
      .long()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' })

  const webhooks = k.table(
    'webhooks',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      url: k.text().notNull(),
      events: k.json<FactType[]>().notNull(),
      state: k.oneOf(WEBHOOK_STATES).notNull(),
      description: k.text().notNull(),
      /** Sealed; see `core/secret-box.ts`. */
      secret: k.bytes().notNull(),
      /** The one before, which signs too until its time is over. */
      formerSecret: k.bytes(),
      formerSecretUntil: k.ms(),
      createdAt: k.ms().notNull(),
    },
    (t) => [k.index('webhooks_shop').on(t.shopId, t.state)],
  )

  /** What happened, as it is told: the same bytes to everybody, at every attempt. */
  const webhookMessages = k.table(
    'webhook_messages',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      messageId: k.text().notNull(),
      type: k.oneOf(FACT_TYPES).notNull(),
      body: k.text().notNull(),
      at: k.ms().notNull(),
    },
    (t) => [
      k.uniqueIndex('webhook_messages_id').on(t.messageId),
      k.index('webhook_messages_shop').on(t.shopId, t.at),
      k.index('webhook_messages_age').on(t.at),
    ],
  )

  const webhookDeliveries = k.table(
    'webhook_deliveries',
    {
      /** Its jobs wait under it, and people hold it, for days after its webhook was removed. */
      id: k.serialForGood(),
      shopId: shopId(),
      webhookId: k
        .long()
        .notNull()
        .references(() => webhooks.id, { onDelete: 'cascade' }),
      messageRow: k
        .long()
        .notNull()
        .references(() => webhookMessages.id, { onDelete: 'cascade' }),
      state: k.oneOf(DELIVERY_STATES).notNull(),
      attempts: k.int().notNull(),
      lastStatus: k.int(),
      lastError: k.text(),
      deliveredAt: k.ms(),
    },
    (t) => [
      k.uniqueIndex('webhook_deliveries_once').on(t.webhookId, t.messageRow),
      k.index('webhook_deliveries_shop').on(t.shopId, t.webhookId, t.id),
      k.index('webhook_deliveries_message').on(t.messageRow),
    ],
  )

  const webhookAttempts = k.table(
    'webhook_attempts',
    {
      id: k.serial().primaryKey(),
      shopId: shopId(),
      deliveryId: k
        .long()
        .notNull()
        .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
      at: k.ms().notNull(),
      durationMs: k.int().notNull(),
      status: k.int(),
      answer: k.text().notNull(),
    },
    (t) => [k.index('webhook_attempts_delivery').on(t.deliveryId, t.id)],
  )

  return { webhooks, webhookMessages, webhookDeliveries, webhookAttempts }
}
