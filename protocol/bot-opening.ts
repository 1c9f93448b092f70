import { saidIn, turnFrom } from './bot-script.ts'
import type { BotAsk } from './chat.ts'
import type { ChatbotStep } from './chatbots.ts'

/** What a bot says before anybody has answered, by the ids of the messages that it becomes. */
export function openingOf(steps: readonly ChatbotStep[], languages: readonly string[]) {
  return turnFrom(steps, {}, 0, 'later').said.map((step, at) => {
    const ask = askOf(step, languages)
    const text = saidIn(step.text, languages)
    return { id: welcomeId(at), text, ...(ask !== undefined && { ask }) }
  })
}

/** Of what a welcome says first, second and so on: what the page drew before it was stored stays. */
export function welcomeId(at: number): string {
  return `welcome-${at}`
}

/** Whatever shows it, nobody takes it for a person: the word is the same in our languages. */
export function markedName(name: string): string {
  return `${name} · Bot`
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
