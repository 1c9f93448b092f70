import type { ChatbotStep } from './chatbots.ts'

export type ScriptFaultCode =
  | 'no_steps'
  | 'same_step_id'
  | 'same_answer_id'
  | 'no_text'
  | 'no_answer_text'
  | 'no_such_question'
  | 'no_such_answer'
  | 'attribute_of_its_own'

/** What keeps a script from being run. */
export interface ScriptFault {
  readonly code: ScriptFaultCode
  /** From 1; 0: of the script as a whole. */
  readonly place: number
  readonly stepId?: string
}

/**
 * All that is wrong with a script, in its order: each step and answer with an id of its own and a text in some language,
 * conditions by earlier questions and their answers alone.
 */
export function faultsOf(steps: readonly ChatbotStep[]): readonly ScriptFault[] {
  if (steps.length === 0) return [{ code: 'no_steps', place: 0 }]
  return steps.flatMap((step, at) => {
    const earlier = steps.slice(0, at)
    const codes = [
      ...(earlier.some(({ id }) => id === step.id) ? (['same_step_id'] as const) : []),
      ...(Object.keys(step.text).length === 0 ? (['no_text'] as const) : []),
      ...faultsOfAnswers(step),
      ...faultsOfConditions(step, earlier),
      ...('attribute' in step && isAddress(step.attribute)
        ? (['attribute_of_its_own'] as const)
        : []),
    ]
    return codes.map((code) => ({ code, place: at + 1, stepId: step.id }))
  })
}

function faultsOfAnswers(step: ChatbotStep): readonly ScriptFaultCode[] {
  if (step.kind !== 'question') return []
  const { answers } = step
  const ids = new Set(answers.map(({ id }) => id))
  return [
    ...(ids.size < answers.length ? (['same_answer_id'] as const) : []),
    ...(answers.some(({ text }) => Object.keys(text).length === 0)
      ? (['no_answer_text'] as const)
      : []),
  ]
}

function faultsOfConditions(
  { when }: ChatbotStep,
  earlier: readonly ChatbotStep[],
): readonly ScriptFaultCode[] {
  const found = Object.entries(when).flatMap(([stepId, wanted]): ScriptFaultCode[] => {
    const question = earlier.find(({ id }) => id === stepId)
    if (question?.kind !== 'question') return ['no_such_question']
    const isKnown = (id: string) => question.answers.some((answer) => answer.id === id)
    return wanted.every(isKnown) ? [] : ['no_such_answer']
  })
  return [...new Set(found)]
}

/** They have steps of their own, which look at what is typed. */
const ADDRESSES = ['email', 'emailaddress', 'phone', 'phonenumber', 'mobile']

function isAddress(attribute: string | null): boolean {
  return ADDRESSES.includes((attribute ?? '').replace(/[\s_-]/g, '').toLowerCase())
}
