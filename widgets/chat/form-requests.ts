import type { Begun } from '#protocol/chat-answers.ts'
import type { VisitorConversation } from '#protocol/chat.ts'
import {
  CHAT_OFFLINE_FORMS_PATH,
  CHAT_RATINGS_PATH,
  CHAT_TRANSCRIPTS_PATH,
} from '#protocol/names.ts'
import type { ChatModel, Fields } from './chat-view.ts'
import type { Scene } from './scene.ts'

type Sender = Pick<Scene, 'host' | 'model'>

/** A note's id stays until it is taken, so that sent again it is the same. */
const noteIds = new WeakMap<ChatModel, string>()

export async function leaveNote({ host, model }: Sender, fields: Fields): Promise<void> {
  const { email = '', name = '', text = '', ...rest } = fields
  const token = await host.claimToken()
  const id = noteIds.get(model) ?? host.newId()
  noteIds.set(model, id)
  const answer = await model.submit(CHAT_OFFLINE_FORMS_PATH, {
    ...model.beginning(rest),
    token,
    id,
    email,
    name,
    text,
  })
  if (answer === undefined) return
  noteIds.delete(model)
  model.goOn((answer as Begun).conversation, token)
}

export async function rate(
  { host, model }: Sender,
  rating: number,
  comment: string,
): Promise<void> {
  const answer = await model.submit(CHAT_RATINGS_PATH, { ...model.holding(), rating, comment })
  if (answer === undefined) return
  host.tell('rating', { rating, comment })
  model.take(answer as VisitorConversation)
}

export async function mailTranscript({ model }: Sender, email: string): Promise<void> {
  await model.submit(CHAT_TRANSCRIPTS_PATH, { ...model.holding(), email })
}
