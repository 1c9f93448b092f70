import type { ChatbotStep } from '#protocol/chatbots.ts'

export interface BotFields {
  readonly name: string
  readonly steps: readonly ChatbotStep[]
}

/** By chatbot: what was written and not saved, as long as the console stays open. */
const drafts = new Map<string, BotFields>()

export function keptDraft(id: string): BotFields | undefined {
  return drafts.get(id)
}

export function keepDraft(id: string, fields: BotFields | undefined): void {
  if (fields === undefined) drafts.delete(id)
  else drafts.set(id, fields)
}
