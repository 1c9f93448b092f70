import { signal, type ReadonlySignal } from '@preact/signals'
import type { PasswordChange } from '#protocol/account.ts'
import { faultBehind, faultIn, type Fault } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'

type PasswordFieldName = 'password' | 'newPassword'

export interface PasswordModel {
  readonly fault: ReadonlySignal<Fault<PasswordFieldName> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  /** Whether the new password counts from now on. */
  readonly change: (password: string, newPassword: string) => Promise<boolean>
}

interface PasswordModelDeps {
  readonly changePassword: (change: PasswordChange) => Promise<Reply<undefined>>
}

export function createPasswordModel({ changePassword }: PasswordModelDeps): PasswordModel {
  const fault = signal<Fault<PasswordFieldName> | undefined>(undefined)
  const isBusy = signal(false)

  return {
    fault,
    isBusy,

    async change(password, newPassword) {
      if (isBusy.value) return false
      fault.value = faultOf(password, newPassword)
      if (fault.value !== undefined) return false
      isBusy.value = true
      const reply = await changePassword({ password, newPassword })
      isBusy.value = false
      if (reply.refusal === undefined) return true
      fault.value = faultAfter(reply)
      return false
    },
  }
}

function faultOf(password: string, newPassword: string): Fault<PasswordFieldName> | undefined {
  if (password === '') return { field: 'password', message: 'fault.password_missing' }
  const fault = faultIn({ newPassword })
  return fault && { field: 'newPassword', message: fault.message }
}

function faultAfter(refused: Refused): Fault<PasswordFieldName> {
  const { refusal } = refused
  if (refusal === 'wrong_sign_in') return { field: 'password', message: 'fault.password_wrong' }
  if (refusal === 'bad_request') return { field: 'newPassword', message: 'fault.password_common' }
  if (refusal === 'conflict') return { message: 'fault.password_changed' }
  return faultBehind(refused)
}
