import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { SignInInput } from '#protocol/account.ts'
import type { Refused, Reply } from '../api.ts'
import { faultBehind, faultIn, type Fault } from './faults.ts'

/** `asked`: a link to a new password was asked for. */
type Step = 'password' | 'code' | 'forgotten' | 'asked'

export interface SignInModel {
  readonly step: ReadonlySignal<Step>
  /** As far as it is known: given before, or typed in an earlier step. */
  readonly email: ReadonlySignal<string>
  readonly fault: ReadonlySignal<Fault | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  /** The address can't be another one: it is an invitation's. */
  readonly isEmailFixed: boolean

  readonly signIn: (email: string, password: string) => Promise<void>
  readonly sendCode: (code: string) => Promise<void>
  readonly forget: () => void
  readonly askForReset: (email: string) => Promise<void>
  /** To the first step. */
  readonly startOver: () => void
}

interface SignInModelDeps {
  readonly email?: string
  readonly isEmailFixed?: boolean
  readonly signIn: (input: SignInInput) => Promise<Reply<undefined>>
  readonly askForReset: (email: string) => Promise<Reply<object>>
  readonly onSignedIn: () => void
}

export function createSignInModel(deps: SignInModelDeps): SignInModel {
  const step = signal<Step>('password')
  const email = signal(deps.email ?? '')
  const fault = signal<Fault | undefined>(undefined)
  const isBusy = signal(false)
  /** Kept for the second step alone. */
  let password = ''

  async function attempt(input: SignInInput): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    const reply = await deps.signIn(input)
    batch(() => {
      isBusy.value = false
      if (reply.refusal === undefined) deps.onSignedIn()
      else refuse(reply, input)
    })
  }

  function refuse(refused: Refused, { code }: SignInInput): void {
    const isWrongCode = refused.refusal === 'second_factor' || refused.refusal === 'bad_request'
    if (refused.refusal === 'second_factor' && code === undefined) return goTo('code')
    if (code !== undefined && isWrongCode) {
      fault.value = { field: 'code', message: 'fault.code' }
    } else if (refused.refusal === 'wrong_sign_in' || refused.refusal === 'bad_request') {
      goTo('password')
      fault.value = { field: 'password', message: 'fault.sign_in' }
    } else {
      fault.value = faultBehind(refused)
    }
  }

  function goTo(next: Step): void {
    batch(() => {
      step.value = next
      fault.value = undefined
    })
    if (next !== 'code') password = ''
  }

  return {
    step,
    email,
    fault,
    isBusy,
    isEmailFixed: deps.isEmailFixed === true,

    async signIn(typedEmail, typedPassword) {
      email.value = typedEmail.trim()
      fault.value = faultIn({ email: typedEmail })
      if (fault.value === undefined && typedPassword === '') {
        fault.value = { field: 'password', message: 'fault.password_missing' }
      }
      if (fault.value !== undefined) return
      password = typedPassword
      await attempt({ email: email.value, password })
    },

    async sendCode(code) {
      fault.value =
        code.trim().length < 6 ? { field: 'code', message: 'fault.code_short' } : undefined
      if (fault.value === undefined) await attempt({ email: email.value, password, code })
    },

    forget: () => goTo('forgotten'),

    async askForReset(typedEmail) {
      if (isBusy.value) return
      email.value = typedEmail.trim()
      fault.value = faultIn({ email: typedEmail })
      if (fault.value !== undefined) return
      isBusy.value = true
      const reply = await deps.askForReset(email.value)
      isBusy.value = false
      if (reply.refusal === undefined) goTo('asked')
      else fault.value = faultBehind(reply)
    },

    startOver: () => goTo('password'),
  }
}
