import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { InvitationDraft, NewInvitation, Role } from '#protocol/account.ts'
import type { ChannelInvitation } from '#protocol/chat-channels.ts'
import { faultIn } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'

/** Members are chosen, or somebody new is invited: both from one dialog. */
export interface AddOperatorsModel {
  readonly step: ReadonlySignal<'choose' | 'invite'>
  readonly search: ReadonlySignal<string>
  readonly chosen: ReadonlySignal<readonly string[]>
  readonly email: ReadonlySignal<string>
  readonly roles: ReadonlySignal<readonly Role[]>
  readonly fault: ReadonlySignal<AddFault | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  /** Since it was opened, with links that are not seen again. */
  readonly made: ReadonlySignal<readonly NewInvitation[]>
  readonly turn: (step: 'choose' | 'invite') => void
  readonly find: (search: string) => void
  readonly toggle: (memberId: string) => void
  readonly add: () => Promise<void>
  readonly writeEmail: (email: string) => void
  readonly toggleRole: (role: Role) => void
  readonly inviteAndClose: () => Promise<void>
  readonly inviteAndGoOn: () => Promise<void>
}

/** What the server refused, or what can be known before it is asked. */
type AddFault =
  | { readonly field: 'email' | 'roles'; readonly message: MessageKey }
  | { readonly field?: undefined; readonly refused: Refused }

interface AddOperatorsDeps {
  readonly add: (memberIds: readonly string[]) => Promise<Reply<unknown>>
  readonly invite: (draft: InvitationDraft) => Promise<Reply<NewInvitation>>
  readonly attach: (invitationId: string) => Promise<Reply<ChannelInvitation>>
  readonly onAdded: (many: number) => void
  readonly onInvited: (email: string) => void
  /** Nothing is left that would not be seen again. */
  readonly close: () => void
}

const FIRST_ROLES: readonly Role[] = ['operator']

export function createAddOperatorsModel(deps: AddOperatorsDeps): AddOperatorsModel {
  const step = signal<'choose' | 'invite'>('choose')
  const search = signal('')
  const chosen = signal<readonly string[]>([])
  const email = signal('')
  const roles = signal<readonly Role[]>(FIRST_ROLES)
  const fault = signal<AddFault | undefined>(undefined)
  const isBusy = signal(false)
  const made = signal<readonly NewInvitation[]>([])

  async function asked<Value>(act: () => Promise<Reply<Value>>): Promise<Value | undefined> {
    const reply = await act()
    if (reply.refusal === undefined) return reply.value
    // Who would not sign in again finds the form as it was.
    if (reply.refusal !== 'sign_in_again') fault.value = faultAfter(reply)
    return undefined
  }

  /** The invitation, once it leads into the channel too. */
  async function invite(): Promise<NewInvitation | undefined> {
    if (isBusy.value) return undefined
    fault.value = faultOf(email.value, roles.value)
    if (fault.value !== undefined) return undefined
    isBusy.value = true
    const draft = { email: email.value.trim(), roles: [...roles.value] }
    const invitation = await asked(() => deps.invite(draft))
    const attached = invitation && (await asked(() => deps.attach(invitation.id)))
    batch(() => {
      isBusy.value = false
      // Its link is not seen again, whatever became of the channel.
      if (invitation !== undefined) made.value = [...made.value, invitation]
      if (attached === undefined) return
      email.value = ''
      roles.value = FIRST_ROLES
    })
    if (attached === undefined) return undefined
    deps.onInvited(draft.email)
    return invitation
  }

  function toggled<Item>(items: readonly Item[], item: Item): readonly Item[] {
    return items.includes(item) ? items.filter((one) => one !== item) : [...items, item]
  }

  return {
    step,
    search,
    chosen,
    email,
    roles,
    fault,
    isBusy,
    made,

    turn(next) {
      batch(() => {
        step.value = next
        fault.value = undefined
      })
    },

    find(text) {
      search.value = text
    },

    toggle(memberId) {
      chosen.value = toggled(chosen.value, memberId)
    },

    async add() {
      const memberIds = chosen.value
      if (isBusy.value || memberIds.length === 0) return
      isBusy.value = true
      const reply = await asked(() => deps.add(memberIds).then(shownAs))
      isBusy.value = false
      if (reply === undefined) return
      deps.onAdded(memberIds.length)
      deps.close()
    },

    writeEmail(typed) {
      email.value = typed
      fault.value = undefined
    },

    toggleRole(role) {
      roles.value = toggled(roles.value, role)
      fault.value = undefined
    },

    async inviteAndClose() {
      const invitation = await invite()
      const areMailed = made.value.every(({ isMailed }) => isMailed)
      if (invitation !== undefined && areMailed) deps.close()
    },

    async inviteAndGoOn() {
      await invite()
    },
  }
}

/** An answer whose content nobody needs. */
function shownAs(reply: Reply<unknown>): Reply<true> {
  return reply.refusal === undefined ? { value: true } : reply
}

/** Members whom the search leaves: every word typed begins one of their name or address. */
export function matches(search: string, { name, email }: { name: string; email: string }): boolean {
  const words = plain(search).split(/\s+/).filter(Boolean)
  const known = plain(`${name} ${email}`).split(/[\s@.]+/)
  return words.every((word) => {
    return plain(email).startsWith(word) || known.some((one) => one.startsWith(word))
  })
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

function faultOf(email: string, roles: readonly Role[]): AddFault | undefined {
  const fault = faultIn({ email })
  if (fault !== undefined) return { field: 'email', message: fault.message }
  if (roles.length === 0) return { field: 'roles', message: 'fault.roles_none' }
  const mayAnswer = roles.some((role) => role !== 'host')
  return mayAnswer ? undefined : { field: 'roles', message: 'operator.fault.host' }
}

function faultAfter(refused: Refused): AddFault {
  if (refused.refusal === 'conflict') return { field: 'email', message: 'operator.fault.member' }
  if (refused.refusal === 'bad_request') return { field: 'email', message: 'fault.email' }
  return { refused }
}
