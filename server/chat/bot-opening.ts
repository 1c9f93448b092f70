import { saidIn, turnFrom } from '#protocol/bot-script.ts'
import type { BotOpening } from '#protocol/chat-answers.ts'
import type { BotAsk } from '#protocol/chat.ts'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import type { ChatbotRow } from './chatbot-store.ts'
import { idText } from './shown.ts'

/** What a bot says before anybody has answered, in the visitor's language. */
export function botOpening(
  { publicId, version, name, steps }: ChatbotRow,
  languages: readonly string[],
): BotOpening {
  const { said } = turnFrom(steps, {}, 0, 'later')
  return {
    script: { id: idText(publicId), version },
    name: markedName(name),
    said: said.map((step, at) => {
      const ask = askOf(step, languages)
      return {
        id: welcomeId(at),
        text: saidIn(step.text, languages),
        ...(ask !== undefined && { ask }),
      }
    }),
  }
}

/** Whatever shows it, nobody takes it for a person: the word is the same in our languages. */
export function markedName(name: string): string {
  return `${name} · Bot`
}

/** Of what a welcome says first, second and so on: what the page drew before it was stored stays. */
export function welcomeId(at: number): string {
  return `welcome-${at}`
}

/** What a step asks for; undefined: it only says something. */
export function askOf(step: ChatbotStep, languages: readonly string[]): BotAsk | undefined {
  const { kind, id } = step
  if (kind === 'text' || kind === 'handover') return undefined
  if (kind !== 'question') return { step: id, kind }
  const answers = step.answers.map((answer) => ({
    id: answer.id,
    text: saidIn(answer.text, languages),
    ...(answer.url !== null && { url: answer.url }),
  }))
  return { step: id, kind, answers }
}
