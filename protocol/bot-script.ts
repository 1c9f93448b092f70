import type { ChatbotAnswer, ChatbotStep } from './chatbots.ts'

/**
 * How a script runs, on the server and in the editor's preview alike: pure, so that the same answers always lead to the
 * same place.
 */

/** By step: the id of the chosen button, or what was typed. A step that was never asked has none. */
export type BotAnswers = Readonly<Record<string, string>>

/** What comes next, up to where somebody has to do something. */
export interface Turn {
  /** In order, the step that asks among them. */
  readonly said: readonly ChatbotStep[]
  /** `asks`: `step` waits for an answer. `handover`: `step` gives it to an operator. `over`: nothing is left. */
  readonly ends: 'asks' | 'handover' | 'over'
  readonly step: ChatbotStep | undefined
  /** An operator was wanted on the way, and nobody was there. */
  readonly missed: boolean
}

/** Whether an operator takes it over where the script wants one; `later`: it stops there, to be asked again. */
export type Takeover = 'taken' | 'nobody' | 'later'

/** The script from its `from`th step on. A step that hands over is said only where somebody takes it. */
export function turnFrom(
  steps: readonly ChatbotStep[],
  answers: BotAnswers,
  from: number,
  takeover: Takeover,
): Turn {
  const said: ChatbotStep[] = []
  let missed = false
  for (const step of steps.slice(from)) {
    if (!isMet(step, answers)) continue
    if (step.kind === 'handover') {
      if (takeover === 'taken') said.push(step)
      if (takeover !== 'nobody') return { said, ends: 'handover', step, missed }
      missed = true
      continue
    }
    said.push(step)
    if (step.kind !== 'text') return { said, ends: 'asks', step, missed }
  }
  return { said, ends: 'over', step: undefined, missed }
}

/** OR within a question, AND across questions. */
function isMet({ when }: ChatbotStep, answers: BotAnswers): boolean {
  return Object.entries(when).every(([question, wanted]) => {
    const given = answers[question]
    return given !== undefined && wanted.includes(given)
  })
}

/** Where the script goes on after a step; the end where it has no such step. */
export function placeAfter(steps: readonly ChatbotStep[], stepId: string): number {
  const at = steps.findIndex(({ id }) => id === stepId)
  return at < 0 ? steps.length : at + 1
}

export type Problem = 'choose' | 'email' | 'phone'

export type Heard =
  | {
      readonly isGood: true
      /** As it is kept: a button's id, an address in lower case, digits, a text. */
      readonly value: string
      readonly chosen?: ChatbotAnswer
    }
  | { readonly isGood: false; readonly problem: Problem }

/** What a visitor said to a step that asks. `answerId`: the button that was pressed; a typed text may mean one as well. */
export function hear(step: ChatbotStep, text: string, answerId?: string): Heard {
  const typed = text.trim()
  if (step.kind === 'question') {
    const chosen = step.answers.find((answer) =>
      answerId === undefined ? isMeant(answer, typed) : answer.id === answerId,
    )
    return chosen === undefined
      ? { isGood: false, problem: 'choose' }
      : { isGood: true, value: chosen.id, chosen }
  }
  if (step.kind === 'email') return kept(emailIn(typed), 'email')
  if (step.kind === 'phone') return kept(phoneIn(typed), 'phone')
  return { isGood: true, value: step.kind === 'line' ? typed.replace(/\s+/g, ' ') : typed }
}

function kept(value: string | undefined, problem: Problem): Heard {
  return value === undefined ? { isGood: false, problem } : { isGood: true, value }
}

function isMeant({ text }: ChatbotAnswer, typed: string): boolean {
  const plain = (one: string) => one.trim().toLowerCase()
  return Object.values(text).some((one) => plain(one) === plain(typed))
}

/** As `EmailSchema` reads it, which the console, where the preview runs this, is without. */
const EMAIL =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/
const MAX_EMAIL_CHARS = 254

function emailIn(typed: string): string | undefined {
  const email = typed.toLowerCase()
  return email.length <= MAX_EMAIL_CHARS && EMAIL.test(email) ? email : undefined
}

/** As customers' numbers are read: digits, with the leading + where there is one; no country is guessed. */
function phoneIn(typed: string): string | undefined {
  const phone = typed
    .slice(0, 40)
    .replace(/[\s().\-/]/g, '')
    .replace(/^00/, '+')
  return /^\+?\d{6,15}$/.test(phone) ? phone : undefined
}

/** The text in the language that fits best: whole, else by its primary language, else the first there is. */
export function saidIn(
  texts: Readonly<Record<string, string>>,
  languages: readonly string[],
): string {
  const known = Object.keys(texts)
  for (const wanted of languages.map((one) => one.toLowerCase())) {
    const primary = wanted.split('-')[0] ?? ''
    const found =
      known.find((one) => one.toLowerCase() === wanted) ??
      known.find((one) => one.toLowerCase() === primary) ??
      known.find((one) => one.toLowerCase().startsWith(`${primary}-`))
    if (found !== undefined) return texts[found] ?? ''
  }
  return texts[known[0] ?? ''] ?? ''
}
