import type { CONVERSATION_VIEWS } from '#protocol/chat-conversations.ts'
import {
  CHAT_ATTACHMENT_PATH,
  CONVERSATION_ASSIGNMENT_PATH,
  CONVERSATION_ATTACHMENTS_PATH,
  CONVERSATION_COLLEAGUES_PATH,
  CONVERSATION_MESSAGE_PATH,
  CONVERSATION_TRANSCRIPTS_PATH,
  MANAGED_CONVERSATION_PATH,
  MANAGED_CONVERSATIONS_PATH,
} from '#protocol/names.ts'
import { pathOf } from '../settings/path-of.ts'

export const INBOX_ADDRESS = '/console/conversations'
export type InboxView = (typeof CONVERSATION_VIEWS)[number]
export const INBOX_VIEWS = [
  'running',
  'mine',
  'unassigned',
  'follow_up',
  'closed',
  'spam',
  'all',
] as const satisfies readonly InboxView[]

/** What the inbox shows, as its address says. */
export interface InboxPlace {
  readonly view: InboxView
  readonly channel: string
  readonly tag: string
  readonly search: string
  /** The one that is open. */
  readonly id: string
  /** On a phone, what is known of its visitor lies over it. */
  readonly isDetails: boolean
}

export function inboxPlaceIn(query: URLSearchParams): InboxPlace {
  return {
    view: INBOX_VIEWS.find((view) => view === query.get('view')) ?? 'running',
    channel: query.get('channel') ?? '',
    tag: query.get('tag') ?? '',
    search: query.get('search') ?? '',
    id: query.get('id') ?? '',
    isDetails: query.get('details') === 'true',
  }
}

export function inboxAddress(place: Partial<InboxPlace>): string {
  const { view, channel, tag, search, id, isDetails = false } = place
  return pathOf(
    INBOX_ADDRESS,
    {},
    {
      view: view === 'running' ? undefined : view,
      channel,
      tag,
      search,
      id,
      details: isDetails ? 'true' : undefined,
    },
  )
}

/** What the server is asked for. */
export function listPath({ view, channel, tag, search }: InboxPlace): string {
  return pathOf(MANAGED_CONVERSATIONS_PATH, {}, { view, channel, tag, search, limit: '50' })
}

export function conversationPath(conversationId: string): string {
  return pathOf(MANAGED_CONVERSATION_PATH, { conversationId })
}

export function assignmentPath(conversationId: string): string {
  return pathOf(CONVERSATION_ASSIGNMENT_PATH, { conversationId })
}

export function colleaguesPath(conversationId: string): string {
  return pathOf(CONVERSATION_COLLEAGUES_PATH, { conversationId })
}

export function transcriptsPath(conversationId: string): string {
  return pathOf(CONVERSATION_TRANSCRIPTS_PATH, { conversationId })
}

export function messagePath(conversationId: string, number: number): string {
  return pathOf(CONVERSATION_MESSAGE_PATH, { conversationId, number: String(number) })
}

export function uploadPath(conversationId: string, name: string): string {
  return pathOf(CONVERSATION_ATTACHMENTS_PATH, { conversationId }, { name })
}

export function filePath(fileKey: string): string {
  return pathOf(CHAT_ATTACHMENT_PATH, { fileKey })
}
