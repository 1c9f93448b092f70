import type { Message } from '#protocol/chat.ts'
import type { MessageRow } from './log-store.ts'

export type Side = 'team' | 'visitor'

/** An entry as one of the two sides is told it; undefined: it is for the other alone. */
export function messageOf(row: MessageRow, side: Side): Message | undefined {
  const number = side === 'team' ? row.number : row.shownNumber
  if (number === null) return undefined
  const { body } = row
  const of = side === 'team' ? body?.of : body?.shownOf
  return {
    number,
    id: row.clientId,
    author: authorOf(row),
    at: row.at,
    kind: row.kind,
    ...(row.text !== null && { text: row.text }),
    ...(body?.product !== undefined && { product: body.product }),
    ...(body?.ask !== undefined && { ask: body.ask }),
    ...(body?.notice !== undefined && { notice: body.notice }),
    ...(body?.detail !== undefined && { detail: body.detail }),
    ...(of !== undefined && { of }),
    ...(row.redactedAt !== null && { isRedacted: true }),
    ...attachmentOf(row),
  }
}

export function messagesOf(rows: readonly MessageRow[], side: Side): Message[] {
  return rows.flatMap((row) => messageOf(row, side) ?? [])
}

function authorOf({ author, memberPublicId, authorName }: MessageRow): Message['author'] {
  return {
    kind: author,
    ...(memberPublicId !== null && { id: memberPublicId.toString('base64url') }),
    ...(authorName !== null && { name: authorName }),
  }
}

function attachmentOf(row: MessageRow): Pick<Message, 'attachment'> {
  const { fileKey, fileName: name, fileType: type, fileBytes: bytes, fileWidth, fileHeight } = row
  if (fileKey === null || name === null || type === null || bytes === null) return {}
  const size = fileWidth !== null && fileHeight !== null && { width: fileWidth, height: fileHeight }
  return { attachment: { fileKey, name, type, bytes, ...size } }
}
