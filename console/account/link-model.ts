import { signal, type ReadonlySignal } from '@preact/signals'
import type { AcceptLinkInput, AccountLink, OwnAccount } from '#protocol/account.ts'
import type { Refused, Reply } from '../api.ts'
import { faultBehind, faultIn, type Fault } from './faults.ts'

/**
 * `form`: asks for what the link needs. `join`: whoever is signed in need only say yes. `sign_in`: the invitation is for
 * an account that is not signed in here. `changed`: the password is the new one, and nobody is signed in.
 */
export type LinkPhase =
  | 'opening'
  | 'form'
  | 'join'
  | 'sign_in'
  | 'changed'
  | 'spent'
  | 'incomplete'
  | 'failed'

/** What was filled in; what the link does not ask for is absent. */
export type Filled = Omit<AcceptLinkInput, 'token'>

export interface LinkModel {
  readonly phase: ReadonlySignal<LinkPhase>
  readonly link: ReadonlySignal<AccountLink | undefined>
  readonly fault: ReadonlySignal<Fault | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly open: () => Promise<void>
  readonly accept: (filled: Filled) => Promise<void>
}

interface LinkModelDeps {
  /** From the address; undefined: it had none. */
  readonly token: string | undefined
  readonly readLink: (token: string) => Promise<Reply<AccountLink>>
  readonly acceptLink: (input: AcceptLinkInput) => Promise<Reply<undefined>>
  readonly readAccount: () => Promise<Reply<OwnAccount>>
  readonly onSignedIn: () => void
}

export function createLinkModel(deps: LinkModelDeps): LinkModel {
  const { token } = deps
  const phase = signal<LinkPhase>('opening')
  const link = signal<AccountLink | undefined>(undefined)
  const fault = signal<Fault | undefined>(undefined)
  const isBusy = signal(false)

  async function firstPhaseOf({ kind, hasAccount, email }: AccountLink): Promise<LinkPhase> {
    if (kind !== 'invitation' || !hasAccount) return 'form'
    const account = await deps.readAccount()
    if (account.refusal === 'offline') return 'failed'
    return account.refusal === undefined && account.value.email === email ? 'join' : 'sign_in'
  }

  function refuse(refused: Refused): void {
    const { refusal, detail } = refused
    if (refusal === 'link_spent') phase.value = 'spent'
    else if (refusal === 'sign_in') phase.value = 'sign_in'
    else if (refusal === 'conflict') fault.value = { field: 'email', message: 'fault.has_account' }
    else if (refusal !== 'bad_request') fault.value = faultBehind(refused)
    else if (detail.startsWith('email')) fault.value = { field: 'email', message: 'fault.email' }
    else fault.value = { field: 'password', message: 'fault.password_common' }
  }

  return {
    phase,
    link,
    fault,
    isBusy,

    async open() {
      if (token === undefined) {
        phase.value = 'incomplete'
        return
      }
      phase.value = 'opening'
      const reply = await deps.readLink(token)
      if (reply.refusal === undefined) {
        link.value = reply.value
        phase.value = await firstPhaseOf(reply.value)
      } else if (reply.refusal === 'link_spent') phase.value = 'spent'
      else phase.value = reply.refusal === 'bad_request' ? 'incomplete' : 'failed'
    },

    async accept(filled) {
      if (token === undefined || isBusy.value) return
      fault.value = faultIn({ ...filled, newPassword: filled.password })
      if (fault.value !== undefined) return
      isBusy.value = true
      const reply = await deps.acceptLink({ token, ...filled })
      isBusy.value = false
      if (reply.refusal !== undefined) refuse(reply)
      else if (link.value?.kind === 'reset') phase.value = 'changed'
      else deps.onSignedIn()
    },
  }
}
