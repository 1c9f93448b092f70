/** What a form of the chat asks for; the window checks it before it is sent, and the server when it comes. */
export interface FormField {
  readonly name: string
  /** `check`: a box to tick. */
  readonly type: string
  readonly isRequired?: boolean
}

export type FormMistake = 'required' | 'badEmail'

/** The name under which a visitor's consent is sent. */
export const CONSENT_FIELD = 'consent'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What is wrong in what was answered, by the fields' names. */
export function mistakesIn(
  fields: readonly FormField[],
  values: Readonly<Record<string, string | boolean>>,
): Record<string, FormMistake> {
  const mistakes: Record<string, FormMistake> = {}
  for (const { name, type, isRequired } of fields) {
    const value = values[name]
    const text =
      type === 'check' ? value === true && name : typeof value === 'string' && value.trim()
    if (!text) {
      if (isRequired) mistakes[name] = 'required'
    } else if (type === 'email' && !EMAIL.test(text)) mistakes[name] = 'badEmail'
  }
  return mistakes
}
