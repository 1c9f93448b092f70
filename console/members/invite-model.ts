import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { InvitationDraft, NewInvitation, Role } from '#protocol/account.ts'
import { faultBehind, faultIn, type Fault } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'
import { isFull } from '../refusals.ts'

export interface InviteModel {
  /** `form` asks whom, `made` shows the link, which is never seen again. */
  readonly step: ReadonlySignal<'form' | 'made' | undefined>
  readonly email: ReadonlySignal<string>
  readonly roles: ReadonlySignal<readonly Role[]>
  readonly fault: ReadonlySignal<Fault<'email' | 'roles'> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  /** While `made`. */
  readonly made: ReadonlySignal<NewInvitation | undefined>
  readonly open: () => void
  readonly writeEmail: (email: string) => void
  readonly toggle: (role: Role) => void
  readonly send: () => Promise<void>
  /** Once more to the same address: another link, and the one before opens nothing any more. What it was refused for. */
  readonly sendAgain: (draft: InvitationDraft) => Promise<Refused | undefined>
  readonly close: () => void
}

interface InviteModelDeps {
  readonly invite: (draft: InvitationDraft) => Promise<Reply<NewInvitation>>
  readonly onInvited: () => void
}

export function createInviteModel(deps: InviteModelDeps): InviteModel {
  const step = signal<'form' | 'made' | undefined>(undefined)
  const email = signal('')
  const roles = signal<readonly Role[]>([])
  const fault = signal<Fault<'email' | 'roles'> | undefined>(undefined)
  const isBusy = signal(false)
  const made = signal<NewInvitation | undefined>(undefined)

  async function invite(draft: InvitationDraft): Promise<Refused | undefined> {
    isBusy.value = true
    const reply = await deps.invite(draft)
    batch(() => {
      isBusy.value = false
      if (reply.refusal !== undefined) return
      made.value = reply.value
      step.value = 'made'
    })
    if (reply.refusal !== undefined) return reply
    deps.onInvited()
    return undefined
  }

  return {
    step,
    email,
    roles,
    fault,
    isBusy,
    made,

    open() {
      batch(() => {
        step.value = 'form'
        email.value = ''
        roles.value = []
        fault.value = undefined
        made.value = undefined
      })
    },

    writeEmail(typed) {
      email.value = typed
      fault.value = undefined
    },

    toggle(role) {
      const isHeld = roles.value.includes(role)
      roles.value = isHeld ? roles.value.filter((held) => held !== role) : [...roles.value, role]
      fault.value = undefined
    },

    async send() {
      if (isBusy.value) return
      fault.value = faultOf(email.value, roles.value)
      if (fault.value !== undefined) return
      const refused = await invite({ email: email.value.trim(), roles: [...roles.value] })
      // Who would not sign in again finds the form as it was.
      if (refused === undefined || refused.refusal === 'sign_in_again') return
      fault.value = faultAfter(refused)
    },

    async sendAgain(draft) {
      return isBusy.value ? undefined : invite(draft)
    },

    close() {
      batch(() => {
        step.value = undefined
        made.value = undefined
      })
    },
  }
}

function faultOf(email: string, roles: readonly Role[]): Fault<'email' | 'roles'> | undefined {
  const fault = faultIn({ email })
  if (fault !== undefined) return { field: 'email', message: fault.message }
  return roles.length === 0 ? { field: 'roles', message: 'fault.roles_none' } : undefined
}

function faultAfter(refused: Refused): Fault<'email' | 'roles'> {
  const { refusal } = refused
  if (isFull(refused)) return { message: 'refusal.full' }
  if (refusal === 'conflict') return { field: 'email', message: 'fault.is_member' }
  if (refusal === 'bad_request') return { field: 'email', message: 'fault.email' }
  if (refusal === 'forbidden') return { field: 'roles', message: 'fault.owner_decides' }
  return faultBehind(refused)
}
