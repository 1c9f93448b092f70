import type {
  AssignmentDraft,
  Conversation,
  ConversationChange,
} from '#protocol/chat-conversations.ts'
import type { OwnPresence, PresenceDraft } from '#protocol/chat-channels.ts'
import { OWN_PRESENCE_PATH } from '#protocol/names.ts'
import { change, send, sendFile, type Reply, type Sending } from '../api.ts'
import {
  assignmentPath,
  colleaguesPath,
  conversationPath,
  messagePath,
  transcriptsPath,
  uploadPath,
} from './inbox-addresses.ts'

interface Of {
  readonly id: string
}

export function changeConversation({
  id,
  ...changed
}: Of & ConversationChange): Promise<Reply<Conversation>> {
  return change<Conversation>('PATCH', conversationPath(id), changed)
}

/** To a colleague, to another channel's team, or (neither) back into the queue. */
export function assign({ id, ...to }: Of & AssignmentDraft): Promise<Reply<Conversation>> {
  return change<Conversation>('PUT', assignmentPath(id), to)
}

export function inviteColleague({
  id,
  memberId,
}: Of & { readonly memberId: string }): Promise<Reply<Conversation>> {
  return send<Conversation>(colleaguesPath(id), { memberId })
}

export function mailTranscript({
  id,
  email,
}: Of & { readonly email: string }): Promise<Reply<undefined>> {
  return send(transcriptsPath(id), { email })
}

export function redactMessage({
  id,
  number,
}: Of & { readonly number: number }): Promise<Reply<undefined>> {
  return change('DELETE', messagePath(id, number))
}

export function uploadFile({
  id,
  file,
  ...sending
}: Of & { readonly file: File } & Sending): Promise<Reply<{ readonly fileKey: string }>> {
  return sendFile<{ readonly fileKey: string }>(uploadPath(id, file.name), file, sending)
}

export function changePresence(draft: PresenceDraft): Promise<Reply<OwnPresence>> {
  return change<OwnPresence>('PUT', OWN_PRESENCE_PATH, draft)
}
