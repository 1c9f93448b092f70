import type { Chatbot, ChatbotChange, ChatbotDraft } from '#protocol/chatbots.ts'
import { CHATBOT_COPIES_PATH, CHATBOT_PATH, CHATBOTS_PATH } from '#protocol/names.ts'
import { change, send, type Reply } from '../../api.ts'
import { pathOf } from '../../settings/path-of.ts'

export function botAddress(id: string): string {
  return pathOf('/console/chatbot', {}, { id })
}

export function botPath(chatbotId: string): string {
  return pathOf(CHATBOT_PATH, { chatbotId })
}

export function makeBot(draft: ChatbotDraft): Promise<Reply<Chatbot>> {
  return send<Chatbot>(CHATBOTS_PATH, draft)
}

/** `version`: what it was when it was read, so that nobody’s change in between is lost. */
export function changeBot({
  id,
  version,
  ...changed
}: ChatbotChange & { readonly id: string; readonly version?: number }): Promise<Reply<Chatbot>> {
  const path = botPath(id)
  return change<Chatbot>(
    'PATCH',
    version === undefined ? path : `${path}?version=${version}`,
    changed,
  )
}

export function copyBot(chatbotId: string): Promise<Reply<Chatbot>> {
  return send<Chatbot>(pathOf(CHATBOT_COPIES_PATH, { chatbotId }), {})
}
