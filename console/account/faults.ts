import type { Refused } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'

/** Something to put right: what, and at which field; without one, it is about the whole form. */
export interface Fault<Field extends string = FieldName> {
  readonly field?: Field
  readonly message: MessageKey
  /** For the message's `{n}`. */
  readonly n?: number
}

export type FieldName = 'email' | 'name' | 'password' | 'code'

/** As protocol/account.ts has it: said before anything is sent. */
const MIN_PASSWORD_CHARS = 10

/** The first thing wrong with what was filled in, as far as can be known here; `undefined` stands for a field not asked for. */
export function faultIn(filled: {
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly newPassword?: string | undefined
}): Fault | undefined {
  const { email, name, newPassword } = filled
  if (name !== undefined && name.trim() === '') return { field: 'name', message: 'fault.name' }
  if (email !== undefined && !isEmail(email)) return { field: 'email', message: 'fault.email' }
  if (newPassword !== undefined && newPassword.length < MIN_PASSWORD_CHARS) {
    return { field: 'password', message: 'fault.password_short' }
  }
  return undefined
}

/** Roughly: the server knows better, and says so. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
}

/** What any form may be refused for, whatever it asks. */
export function faultBehind({ refusal, waitSeconds }: Refused): Fault<never> {
  if (refusal === 'offline') return { message: 'fault.offline' }
  if (refusal !== 'too_many_requests') return { message: 'fault.server' }
  const isShort = waitSeconds < 60
  return isShort
    ? { message: 'fault.wait_seconds', n: Math.max(1, waitSeconds) }
    : { message: 'fault.wait_minutes', n: Math.ceil(waitSeconds / 60) }
}
