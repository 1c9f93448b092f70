import { randomInt } from 'node:crypto'
import { and, asc, between, desc, eq, inArray, lt, sql as expression } from 'drizzle-orm'
import type { DeliveryState, FactType } from '#protocol/webhooks.ts'
import type { Database } from '../db/database.ts'
import { keptFor } from '../db/kept-query.ts'

export type Transaction = Pick<Database, 'sql' | 't'>
export type WebhookRow = Database['t']['webhooks']['$inferSelect']
type DeliveryRow = Database['t']['webhookDeliveries']['$inferSelect']
type MessageRow = Database['t']['webhookMessages']['$inferSelect']
type AttemptRow = Database['t']['webhookAttempts']['$inferSelect']

export async function insertWebhook(
  { sql, t }: Transaction,
  shopId: number,
  webhook: Omit<WebhookRow, 'id' | 'shopId' | 'formerSecret' | 'formerSecretUntil'>,
): Promise<number> {
  const [made] = await sql
    .insert(t.webhooks)
    .values({ ...webhook, shopId, id: newId() })
    .returning({ id: t.webhooks.id })
  if (made === undefined) throw new Error('A webhook was not made')
  return made.id
}

/** One that no removed webhook had: SQLite would count on from those that are left. */
function newId(): number {
  return randomInt(1, MAX_ID)
}

/** As much as `randomInt` takes, and a safe integer. */
const MAX_ID = 2 ** 48 - 1

export async function countWebhooks({ sql, t }: Transaction, shopId: number): Promise<number> {
  return sql.$count(t.webhooks, eq(t.webhooks.shopId, shopId))
}

export async function listWebhooks({ sql, t }: Transaction, shopId: number): Promise<WebhookRow[]> {
  return sql
    .select()
    .from(t.webhooks)
    .where(eq(t.webhooks.shopId, shopId))
    .orderBy(asc(t.webhooks.createdAt), asc(t.webhooks.id))
}

export async function findWebhook(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
): Promise<WebhookRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.webhooks)
    .where(isWebhook(t, shopId, id))
  return found
}

/** Locked until the transaction ends where `holds`, so that what it was is what is changed. */
export async function holdWebhook(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  holds: boolean,
): Promise<WebhookRow | undefined> {
  const query = sql
    .select()
    .from(t.webhooks)
    .where(isWebhook(t, shopId, id))
  const [found] = await (holds ? query.for('update') : query)
  return found
}

export async function updateWebhook(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  change: Partial<Pick<WebhookRow, 'url' | 'events' | 'state' | 'description'>>,
): Promise<boolean> {
  const changed = await sql
    .update(t.webhooks)
    .set(change)
    .where(isWebhook(t, shopId, id))
    .returning({ id: t.webhooks.id })
  return changed.length > 0
}

/** In one statement, so that of two rotations at once neither loses the other's secret. */
export async function rotateSecret(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
  { secret, formerSecretUntil }: { readonly secret: Buffer; readonly formerSecretUntil: number },
): Promise<boolean> {
  const changed = await sql
    .update(t.webhooks)
    .set({ secret, formerSecret: expression`${t.webhooks.secret}`, formerSecretUntil })
    .where(isWebhook(t, shopId, id))
    .returning({ id: t.webhooks.id })
  return changed.length > 0
}

export async function deleteWebhook(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
): Promise<boolean> {
  const gone = await sql
    .delete(t.webhooks)
    .where(isWebhook(t, shopId, id))
    .returning({ id: t.webhooks.id })
  return gone.length > 0
}

/** Those that are told of what happens. `holds`: on PostgreSQL, none of them goes before the transaction ends. */
export async function listenersOf(
  { sql, t }: Transaction,
  shopId: number,
  holds: boolean,
): Promise<{ readonly id: number; readonly events: readonly FactType[] }[]> {
  return (holds ? heldListeners : listeners)({ sql, t }).execute({ shopId })
}

const listenersQuery = ({ sql, t }: Transaction) =>
  sql
    .select({ id: t.webhooks.id, events: t.webhooks.events })
    .from(t.webhooks)
    .where(
      and(eq(t.webhooks.shopId, expression.placeholder('shopId')), eq(t.webhooks.state, 'active')),
    )

/** Every commit asks for them. */
const listeners = keptFor((of: Transaction) => listenersQuery(of).prepare('webhooks_listeners'))
const heldListeners = keptFor((of: Transaction) =>
  listenersQuery(of).for('key share').prepare('webhooks_held_listeners'),
)

export async function insertMessage(
  { sql, t }: Transaction,
  shopId: number,
  message: Omit<MessageRow, 'id' | 'shopId'>,
): Promise<number> {
  const [made] = await sql
    .insert(t.webhookMessages)
    .values({ ...message, shopId })
    .returning({ id: t.webhookMessages.id })
  if (made === undefined) throw new Error('A message was not made')
  return made.id
}

/** Once a webhook and message; asked for again, it begins anew. */
export async function insertDelivery(
  { sql, t }: Transaction,
  shopId: number,
  delivery: { readonly webhookId: number; readonly messageRow: number },
): Promise<number> {
  const { webhookDeliveries: deliveries } = t
  const [made] = await sql
    .insert(deliveries)
    .values({ ...delivery, shopId, state: 'waiting', attempts: 0 })
    .onConflictDoUpdate({
      target: [deliveries.webhookId, deliveries.messageRow],
      set: { state: 'waiting', lastError: null },
    })
    .returning({ id: deliveries.id })
  if (made === undefined) throw new Error('A delivery was neither made nor found')
  return made.id
}

export interface DeliveryWithMessage extends DeliveryRow {
  readonly message: MessageRow
}

export async function findDelivery(
  { sql, t }: Transaction,
  shopId: number,
  id: number,
): Promise<DeliveryWithMessage | undefined> {
  const { webhookDeliveries: deliveries, webhookMessages: messages } = t
  const [found] = await sql
    .select({ delivery: deliveries, message: messages })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageRow))
    .where(and(eq(deliveries.shopId, shopId), eq(deliveries.id, id)))
  return found === undefined ? undefined : { ...found.delivery, message: found.message }
}

/** The newest first. */
export async function listDeliveries(
  { sql, t }: Transaction,
  shopId: number,
  webhookId: number,
  page: { state: DeliveryState | undefined; before: number | undefined; limit: number },
): Promise<DeliveryWithMessage[]> {
  const { webhookDeliveries: deliveries, webhookMessages: messages } = t
  const found = await sql
    .select({ delivery: deliveries, message: messages })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageRow))
    .where(
      and(
        eq(deliveries.shopId, shopId),
        eq(deliveries.webhookId, webhookId),
        page.state === undefined ? undefined : eq(deliveries.state, page.state),
        page.before === undefined ? undefined : lt(deliveries.id, page.before),
      ),
    )
    .orderBy(desc(deliveries.id))
    .limit(page.limit)
  return found.map(({ delivery, message }) => ({ ...delivery, message }))
}

/** False where it is there no more, or another webhook's. */
export async function updateDelivery(
  { sql, t }: Transaction,
  shopId: number,
  { id, webhookId }: { readonly id: number; readonly webhookId: number | undefined },
  change: Partial<Omit<DeliveryRow, 'id' | 'shopId'>>,
): Promise<boolean> {
  const { webhookDeliveries: deliveries } = t
  const isIts = webhookId === undefined ? undefined : eq(deliveries.webhookId, webhookId)
  const changed = await sql
    .update(deliveries)
    .set(change)
    .where(and(eq(deliveries.shopId, shopId), eq(deliveries.id, id), isIts))
    .returning({ id: deliveries.id })
  return changed.length > 0
}

export async function insertAttempt(
  { sql, t }: Transaction,
  shopId: number,
  attempt: Omit<AttemptRow, 'id' | 'shopId'>,
): Promise<void> {
  await sql.insert(t.webhookAttempts).values({ ...attempt, shopId })
}

/** The newest first. */
export async function listAttempts(
  { sql, t }: Transaction,
  shopId: number,
  deliveryId: number,
  limit: number,
): Promise<AttemptRow[]> {
  const { webhookAttempts: attempts } = t
  return sql
    .select()
    .from(attempts)
    .where(and(eq(attempts.shopId, shopId), eq(attempts.deliveryId, deliveryId)))
    .orderBy(desc(attempts.id))
    .limit(limit)
}

/** What happened in a time, the oldest first. */
export async function messagesBetween(
  { sql, t }: Transaction,
  shopId: number,
  {
    types,
    from,
    to,
    limit,
  }: { types: readonly FactType[]; from: number; to: number; limit: number },
): Promise<number[]> {
  const { webhookMessages: messages } = t
  const found = await sql
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.shopId, shopId),
        between(messages.at, from, to),
        inArray(messages.type, [...types]),
      ),
    )
    .orderBy(asc(messages.at), asc(messages.id))
    .limit(limit)
  return found.map(({ id }) => id)
}

/** With their deliveries, of every shop: the installation tidies for all. Returns how many went. */
export async function deleteOldMessages(
  { sql, t }: Transaction,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<number> {
  const { webhookMessages: messages } = t
  const old = await sql
    .select({ id: messages.id })
    .from(messages)
    .where(lt(messages.at, before))
    .limit(limit)
  if (old.length === 0) return 0
  const ids = old.map(({ id }) => id)
  await sql.delete(messages).where(inArray(messages.id, ids))
  return old.length
}

function isWebhook({ webhooks }: Transaction['t'], shopId: number, id: number) {
  return and(eq(webhooks.shopId, shopId), eq(webhooks.id, id))
}
