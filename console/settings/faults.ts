import type { Refused } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'
import { refusalText } from '../refusals.ts'
import type { Words } from '../words.ts'

/** What to put right: at which field, or without one about the whole form. */
export interface FormFault {
  readonly field?: string
  /** In words of the form's own; else the refusal's. */
  readonly message?: MessageKey
  readonly refused?: Refused
}

/** What may be wrong with a field, by its name: the server's refusals begin with that name. */
export type FieldMessages = Readonly<Record<string, MessageKey>>

/** Why the server refused a form or an action. */
export function formFault(refused: Refused, messages: FieldMessages = {}): FormFault {
  if (refused.refusal !== 'bad_request') return { refused }
  const parts = refused.detail.split('; ')
  const found = Object.entries(messages).find(([field]) =>
    parts.some((part) => part.startsWith(`${field}:`)),
  )
  return found === undefined ? { refused } : { field: found[0], message: found[1] }
}

/** What a fault says, if it is this field's; without a field, if it is the whole form's. */
export function faultText(
  fault: FormFault | undefined,
  field: string | undefined,
  words: Words,
): string | undefined {
  if (fault === undefined || fault.field !== field) return undefined
  if (fault.message !== undefined) return words.t(fault.message)
  return fault.refused && refusalText(fault.refused, words)
}
