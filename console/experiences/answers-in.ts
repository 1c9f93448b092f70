import type { Submission } from '#protocol/experiences.ts'
import type { LocalText, Popup } from '#protocol/popup.ts'

/** What was chosen in a field, and how often. */
export interface Question {
  readonly name: string
  readonly label: LocalText
  readonly choices: readonly {
    readonly value: string
    readonly label: LocalText
    readonly count: number
  }[]
  /** Who has answered it. */
  readonly count: number
  /** Of a scale from 0 to 10: the share of 9 and 10 less the share of 0 to 6, from -100 to 100. */
  readonly score?: number
}

/** The fields of choices, in their order; what was chosen and is offered no longer counts for nothing. */
export function questionsIn(
  { design }: Pick<Popup, 'design'>,
  submissions: readonly Pick<Submission, 'fields'>[],
): Question[] {
  if (design.kind !== 'blocks') return []
  return design.blocks.flatMap((block) => {
    if (block.kind !== 'field' || block.options === undefined) return []
    const { name, label, options } = block
    const given = submissions.map(({ fields }) => fields[name])
    const choices = options.map((option) => ({
      ...option,
      count: given.filter((value) => value === option.value).length,
    }))
    const count = choices.reduce((sum, choice) => sum + choice.count, 0)
    const score = isScale(options) && count > 0 ? scoreOf(choices, count) : undefined
    return [{ name, label, choices, count, ...(score !== undefined && { score }) }]
  })
}

function isScale(options: readonly { readonly value: string }[]): boolean {
  return options.length === 11 && options.every(({ value }, at) => value === String(at))
}

function scoreOf(choices: Question['choices'], count: number): number {
  const sumOf = (from: number, to: number) =>
    choices.slice(from, to + 1).reduce((sum, choice) => sum + choice.count, 0)
  return Math.round(((sumOf(9, 10) - sumOf(0, 6)) / count) * 100)
}

/** What was written in the fields for words that ask for nothing of the person, newest first. */
export function wordsIn<Answer extends Pick<Submission, 'fields'>>(
  { design }: Pick<Popup, 'design'>,
  submissions: readonly Answer[],
): { readonly answer: Answer; readonly text: string }[] {
  if (design.kind !== 'blocks') return []
  const names = design.blocks.flatMap((block) =>
    block.kind === 'field' && block.type === 'text' && block.trait === undefined
      ? [block.name]
      : [],
  )
  return submissions.flatMap((answer) =>
    names.flatMap((name) => {
      const text = answer.fields[name]
      return typeof text === 'string' ? [{ answer, text }] : []
    }),
  )
}
