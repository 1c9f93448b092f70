import { and, asc, eq, gt, inArray, or } from 'drizzle-orm'
import { padded } from '../db/padded.ts'
import type { FoundPerson } from './find-person.ts'
import type { Handle } from './store.ts'

type Whose = Pick<FoundPerson, 'customerIds' | 'visitors'>

const CONVERSATIONS_AT_ONCE = 100
const MESSAGES_AT_ONCE = 500

/** What somebody and the shop wrote to each other, what the team noted of it among it; as parts of one JSON array. */
export async function* exportConversations(
  handle: Handle,
  shopId: number,
  whose: Whose,
): AsyncGenerator<string> {
  const { visitors, customerIds } = whose
  if (visitors.length === 0 && customerIds.length === 0) return
  let isFirst = true
  for (let after = 0; ;) {
    const rows = await conversationsOf(handle, shopId, whose, after)
    for (const { row, told } of rows) {
      yield `${isFirst ? '' : ',\n'}    ${JSON.stringify(told).slice(0, -1)},"messages":[`
      yield* messagesOf(handle, shopId, row)
      yield ']}'
      isFirst = false
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < CONVERSATIONS_AT_ONCE) return
    after = last.row
  }
}

async function conversationsOf(
  { sql, t }: Handle,
  shopId: number,
  { visitors, customerIds }: Whose,
  after: number,
) {
  const { conversations, conversationTags: tags } = t
  const ids = visitors.map(({ id }) => id)
  const isTheirs = or(
    ids.length === 0 ? undefined : inArray(conversations.visitorId, padded(ids)),
    customerIds.length === 0 ? undefined : inArray(conversations.customerId, padded(customerIds)),
  )
  const rows = await sql
    .select()
    .from(conversations)
    .where(and(eq(conversations.shopId, shopId), isTheirs, gt(conversations.id, after)))
    .orderBy(asc(conversations.id))
    .limit(CONVERSATIONS_AT_ONCE)
  const tagged =
    rows.length === 0
      ? []
      : await sql
          .select({ conversationId: tags.conversationId, tag: tags.tag })
          .from(tags)
          .where(
            and(
              eq(tags.shopId, shopId),
              inArray(tags.conversationId, padded(rows.map(({ id }) => id))),
            ),
          )
          .orderBy(asc(tags.tag))
  return rows.map(({ id: row, publicId, ...one }) => {
    const { state, isOffline, name, email, language, country, pageUrl, pageTitle, fields } = one
    const { rating, ratingComment, leadState, potential, followUpOn, createdAt, closedAt } = one
    const said = { state, isOffline, name, email, language, country, pageUrl, pageTitle, fields }
    const thought = { rating, ratingComment, leadState, potential, followUpOn }
    const own = tagged.flatMap((it) => (it.conversationId === row ? [it.tag] : []))
    const id = publicId.toString('base64url')
    return { row, told: { id, createdAt, closedAt, ...said, ...thought, tags: own } }
  })
}

async function* messagesOf(
  { sql, t: { messages, chatAttachments: files } }: Handle,
  shopId: number,
  conversation: number,
): AsyncGenerator<string> {
  let isFirst = true
  for (let after = 0; ;) {
    const rows = await sql
      .select({
        number: messages.number,
        at: messages.at,
        author: messages.author,
        authorName: messages.authorName,
        kind: messages.kind,
        text: messages.text,
        body: messages.body,
        redactedAt: messages.redactedAt,
        file: { name: files.name, type: files.type, bytes: files.bytes },
      })
      .from(messages)
      .leftJoin(files, eq(files.id, messages.attachmentId))
      .where(
        and(
          eq(messages.shopId, shopId),
          eq(messages.conversationId, conversation),
          gt(messages.number, after),
        ),
      )
      .orderBy(asc(messages.number))
      .limit(MESSAGES_AT_ONCE)
    for (const row of rows) {
      yield `${isFirst ? '' : ','}${JSON.stringify(row)}`
      isFirst = false
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < MESSAGES_AT_ONCE) return
    after = last.number
  }
}
