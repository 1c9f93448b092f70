import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { RecoveryCodes, SecondFactorOffer } from '#protocol/account.ts'
import { faultBehind, type Fault } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'

/** What the dialog is about. `renew` and `remove` say what follows, and ask; `codes` shows what is never shown again. */
export type SecondFactorStep = 'scan' | 'codes' | 'renew' | 'remove'

export interface SecondFactorModel {
  readonly step: ReadonlySignal<SecondFactorStep | undefined>
  /** While `scan`. */
  readonly offer: ReadonlySignal<SecondFactorOffer | undefined>
  /** While `codes`. */
  readonly codes: ReadonlySignal<readonly string[]>
  readonly fault: ReadonlySignal<Fault<'code'> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly setUp: () => Promise<void>
  readonly confirm: (code: string) => Promise<void>
  readonly ask: (step: 'renew' | 'remove') => void
  readonly renewCodes: () => Promise<void>
  readonly remove: () => Promise<void>
  readonly close: () => void
}

interface SecondFactorDeps {
  readonly offerSecondFactor: () => Promise<Reply<SecondFactorOffer>>
  readonly confirmSecondFactor: (code: string) => Promise<Reply<RecoveryCodes>>
  readonly removeSecondFactor: () => Promise<Reply<undefined>>
  readonly newRecoveryCodes: () => Promise<Reply<RecoveryCodes>>
  /** What the account says of itself is another now. */
  readonly onChanged: (what: 'on' | 'off' | 'codes') => void
}

export function createSecondFactorModel(deps: SecondFactorDeps): SecondFactorModel {
  const step = signal<SecondFactorStep | undefined>(undefined)
  const offer = signal<SecondFactorOffer | undefined>(undefined)
  const codes = signal<readonly string[]>([])
  const fault = signal<Fault<'code'> | undefined>(undefined)
  const isBusy = signal(false)

  /** The value, unless it was refused, which is told; who would not sign in again has changed their mind. */
  async function ask<Value>(
    act: () => Promise<Reply<Value>>,
  ): Promise<{ readonly value: Value } | undefined> {
    if (isBusy.value) return undefined
    batch(() => {
      isBusy.value = true
      fault.value = undefined
    })
    const reply = await act()
    isBusy.value = false
    if (reply.refusal === undefined) return reply
    if (reply.refusal !== 'sign_in_again') fault.value = faultAfter(reply)
    return undefined
  }

  function show({ codes: fresh }: RecoveryCodes): void {
    batch(() => {
      codes.value = fresh
      offer.value = undefined
      step.value = 'codes'
    })
  }

  function close(): void {
    batch(() => {
      step.value = undefined
      offer.value = undefined
      codes.value = []
      fault.value = undefined
    })
  }

  return {
    step,
    offer,
    codes,
    fault,
    isBusy,

    async setUp() {
      const reply = await ask(deps.offerSecondFactor)
      if (reply === undefined) return
      batch(() => {
        offer.value = reply.value
        step.value = 'scan'
      })
    },

    async confirm(typed) {
      const code = typed.replaceAll(/\s/g, '')
      if (!/^\d{6}$/.test(code)) {
        fault.value = { field: 'code', message: 'fault.code_digits' }
        return
      }
      const reply = await ask(() => deps.confirmSecondFactor(code))
      if (reply === undefined) return
      show(reply.value)
      deps.onChanged('on')
    },

    ask(next) {
      fault.value = undefined
      step.value = next
    },

    async renewCodes() {
      const reply = await ask(deps.newRecoveryCodes)
      if (reply === undefined) return
      show(reply.value)
      deps.onChanged('codes')
    },

    async remove() {
      const reply = await ask(deps.removeSecondFactor)
      if (reply === undefined) return
      close()
      deps.onChanged('off')
    },

    close,
  }
}

function faultAfter(refused: Refused): Fault<'code'> {
  if (refused.refusal === 'second_factor') return { field: 'code', message: 'fault.code' }
  if (refused.refusal === 'conflict') return { message: 'fault.second_factor_conflict' }
  return faultBehind(refused)
}
