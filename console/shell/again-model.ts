import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { SignInAgainInput } from '#protocol/account.ts'
import type { Reply } from '../api.ts'
import { faultBehind, type Fault } from '../account/faults.ts'

/** Asks for the password once more, before what gives away the most is done. */
export interface AgainModel {
  readonly password: ReadonlySignal<string>
  readonly code: ReadonlySignal<string>
  readonly fault: ReadonlySignal<Fault | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly typePassword: (text: string) => void
  readonly typeCode: (text: string) => void
  readonly submit: () => Promise<void>
}

interface AgainModelDeps {
  /** The account has a second step. */
  readonly asksCode: boolean
  readonly signInAgain: (input: SignInAgainInput) => Promise<Reply<undefined>>
  readonly onProven: () => void
}

export function createAgainModel({ asksCode, ...deps }: AgainModelDeps): AgainModel {
  const password = signal('')
  const code = signal('')
  const fault = signal<Fault | undefined>(undefined)
  const isBusy = signal(false)

  function missing(): Fault | undefined {
    if (password.value === '') return { field: 'password', message: 'fault.password_missing' }
    if (asksCode && code.value.trim().length < 6) {
      return { field: 'code', message: 'fault.code_short' }
    }
    return undefined
  }

  return {
    password,
    code,
    fault,
    isBusy,
    typePassword(text) {
      password.value = text
    },
    typeCode(text) {
      code.value = text
    },
    async submit() {
      fault.value = missing()
      if (fault.value !== undefined || isBusy.value) return
      isBusy.value = true
      const input = { password: password.value, ...(asksCode && { code: code.value.trim() }) }
      const reply = await deps.signInAgain(input)
      batch(() => {
        isBusy.value = false
        if (reply.refusal === undefined) deps.onProven()
        else if (reply.refusal === 'wrong_sign_in') {
          fault.value = { field: 'password', message: 'fault.password_wrong' }
        } else if (reply.refusal === 'second_factor') {
          fault.value = { field: 'code', message: 'fault.code' }
        } else fault.value = faultBehind(reply)
      })
    },
  }
}
