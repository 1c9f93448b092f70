import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { SignInAgainInput } from '#protocol/account.ts'
import type { Refused, Reply } from '../api.ts'
import { faultBehind, type Fault } from './faults.ts'

type AskedField = 'password' | 'code'

/** For what needs a sign-in of the last minutes: asks for the password, and where the server does, for a code. */
export interface SignInAgainModel {
  /** The account has a second step: the password was right. */
  readonly isCodeAsked: ReadonlySignal<boolean>
  readonly fault: ReadonlySignal<Fault<AskedField> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly signIn: (password: string, code: string) => Promise<void>
}

interface SignInAgainDeps {
  readonly signInAgain: (input: SignInAgainInput) => Promise<Reply<undefined>>
  readonly onProven: () => void
}

export function createSignInAgainModel(deps: SignInAgainDeps): SignInAgainModel {
  const isCodeAsked = signal(false)
  const fault = signal<Fault<AskedField> | undefined>(undefined)
  const isBusy = signal(false)

  function faultOf(password: string, code: string): Fault<AskedField> | undefined {
    if (password === '') return { field: 'password', message: 'fault.password_missing' }
    const isShort = isCodeAsked.value && code.length < 6
    return isShort ? { field: 'code', message: 'fault.code_short' } : undefined
  }

  function refuse(refused: Refused, code: string): void {
    const { refusal } = refused
    if (refusal === 'second_factor' && code === '') {
      isCodeAsked.value = true
    } else if (refusal === 'second_factor') {
      fault.value = { field: 'code', message: 'fault.code' }
    } else if (refusal === 'wrong_sign_in' || refusal === 'bad_request') {
      fault.value = { field: 'password', message: 'fault.password_wrong' }
    } else {
      fault.value = faultBehind(refused)
    }
  }

  return {
    isCodeAsked,
    fault,
    isBusy,

    async signIn(password, typedCode) {
      if (isBusy.value) return
      const code = typedCode.trim()
      fault.value = faultOf(password, code)
      if (fault.value !== undefined) return
      isBusy.value = true
      const reply = await deps.signInAgain({ password, ...(code !== '' && { code }) })
      batch(() => {
        isBusy.value = false
        if (reply.refusal !== undefined) refuse(reply, code)
      })
      if (reply.refusal === undefined) deps.onProven()
    },
  }
}
