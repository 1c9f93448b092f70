import type { ChatbotAnswer, ChatbotStep, StepKind } from '#protocol/chatbots.ts'

/** A script is a list: what is done with it in the editor, each as a new list. */
type Steps = readonly ChatbotStep[]
export type Question = Extract<ChatbotStep, { kind: 'question' }>

export const STEP_KINDS: readonly StepKind[] = [
  'text',
  'question',
  'email',
  'phone',
  'line',
  'lines',
  'handover',
]

const UNSAID = { leadState: null, potential: null } as const

export function newStep(kind: StepKind, steps: Steps): ChatbotStep {
  const shared = {
    id: freeId(
      kind,
      steps.map(({ id }) => id),
    ),
    text: {},
    when: {},
    ...UNSAID,
  }
  if (kind === 'question') {
    return { ...shared, kind, attribute: null, answers: [newAnswer([]), newAnswer(['answer-1'])] }
  }
  if (kind === 'line' || kind === 'lines') return { ...shared, kind, attribute: null }
  return { ...shared, kind }
}

export function newAnswer(ids: readonly string[]): ChatbotAnswer {
  return { id: freeId('answer', ids), text: {}, url: null, ...UNSAID }
}

export function replaced(steps: Steps, at: number, step: ChatbotStep): Steps {
  return steps.map((one, place) => (place === at ? step : one))
}

export function inserted(steps: Steps, at: number, step: ChatbotStep): Steps {
  return [...steps.slice(0, at), step, ...steps.slice(at)]
}

export function moved(steps: Steps, from: number, to: number): Steps {
  const step = steps[from]
  if (step === undefined || to < 0 || to >= steps.length) return steps
  const others = steps.filter((_, at) => at !== from)
  return [...others.slice(0, to), step, ...others.slice(to)]
}

export function without(steps: Steps, at: number): Steps {
  return steps.filter((_, place) => place !== at)
}

/** The step that stood at that place of `before`, and what asked for its answers, as they were; all else as it is now. */
export function putBack(now: Steps, before: Steps, at: number): Steps {
  const gone = before[at]
  if (gone === undefined) return now
  const ids = now.map(({ id }) => id)
  const step = ids.includes(gone.id) ? { ...gone, id: freeId(gone.kind, ids) } : gone
  const earlier = before.slice(0, at).map(({ id }) => id)
  const asking = new Map(before.map(({ id, when }) => [id, when[gone.id]]))
  const others = now.map((one): ChatbotStep => {
    const wanted = asking.get(one.id)
    return wanted === undefined ? one : { ...one, when: { ...one.when, [step.id]: wanted } }
  })
  return inserted(others, ids.findLastIndex((id) => earlier.includes(id)) + 1, step)
}

export function duplicateOf(step: ChatbotStep, steps: Steps): ChatbotStep {
  return {
    ...step,
    id: freeId(
      step.kind,
      steps.map(({ id }) => id),
    ),
  }
}

export function questionsBefore(steps: Steps, at: number): readonly Question[] {
  return steps.slice(0, at).filter((step) => step.kind === 'question')
}

/** The step comes only after that answer too, or no more. */
export function withAnswer(
  step: ChatbotStep,
  { question, answer, isWanted }: { question: string; answer: string; isWanted: boolean },
): ChatbotStep {
  const { [question]: known = [], ...others } = step.when
  const left = isWanted ? [...known, answer] : known.filter((one) => one !== answer)
  return { ...step, when: left.length === 0 ? others : { ...others, [question]: left } }
}

/** Conditions on what is not there any more, or comes later, are left out. */
export function settled(steps: Steps): Steps {
  return steps.map((step, at) => {
    const questions = questionsBefore(steps, at)
    const when = Object.entries(step.when).flatMap(([id, wanted]): [string, string[]][] => {
      const answers = questions.find((question) => question.id === id)?.answers ?? []
      const left = wanted.filter((one) => answers.some((answer) => answer.id === one))
      return left.length === 0 ? [] : [[id, left]]
    })
    return { ...step, when: Object.fromEntries(when) }
  })
}

function freeId(word: string, taken: readonly string[]): string {
  let number = 1
  while (taken.includes(`${word}-${number}`)) number += 1
  return `${word}-${number}`
}

/** With that text in a language; an empty one is none. */
export function textWith(
  texts: Readonly<Record<string, string>>,
  language: string,
  text: string,
): Record<string, string> {
  const { [language]: _, ...others } = texts
  return text === '' ? others : { ...others, [language]: text }
}

/** Every language in which something is said. */
export function languagesOf(steps: Steps): readonly string[] {
  const all = steps.flatMap((step) => [
    ...Object.keys(step.text),
    ...(step.kind === 'question' ? step.answers.flatMap(({ text }) => Object.keys(text)) : []),
  ])
  return [...new Set(all)]
}
