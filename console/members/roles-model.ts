import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Role, ShopMember } from '#protocol/account.ts'
import { faultBehind, type Fault } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'
import type { RolesChange } from './requests.ts'

/** Changes what one member may do, or takes them out of the shop. */
export interface RolesModel {
  readonly step: ReadonlySignal<'roles' | 'removal' | undefined>
  readonly member: ReadonlySignal<ShopMember | undefined>
  readonly roles: ReadonlySignal<readonly Role[]>
  readonly isChanged: ReadonlySignal<boolean>
  readonly fault: ReadonlySignal<Fault<'roles'> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly open: (step: 'roles' | 'removal', member: ShopMember) => void
  readonly toggle: (role: Role) => void
  readonly save: () => Promise<void>
  readonly remove: () => Promise<void>
  readonly close: () => void
}

interface RolesModelDeps {
  readonly setRoles: (change: RolesChange) => Promise<Reply<ShopMember>>
  readonly removeMember: (memberId: string) => Promise<Reply<undefined>>
  /** With what takes it back. */
  readonly onChanged: (member: ShopMember, undo: () => Promise<void>) => void
  readonly onRemoved: (member: ShopMember) => void
  /** Taking it back was refused. */
  readonly onUndone: (fault: Fault<never> | undefined) => void
}

export function createRolesModel(deps: RolesModelDeps): RolesModel {
  const step = signal<'roles' | 'removal' | undefined>(undefined)
  const member = signal<ShopMember | undefined>(undefined)
  const roles = signal<readonly Role[]>([])
  const fault = signal<Fault<'roles'> | undefined>(undefined)
  const isBusy = signal(false)
  const isChanged = computed(
    () => [...roles.value].toSorted().join() !== [...(member.value?.roles ?? [])].toSorted().join(),
  )

  /** The value, unless it was refused; then the dialog stays, with the fault. */
  async function ask<Value>(
    act: () => Promise<Reply<Value>>,
  ): Promise<{ readonly value: Value } | undefined> {
    if (isBusy.value) return undefined
    batch(() => {
      isBusy.value = true
      fault.value = undefined
    })
    const reply = await act()
    batch(() => {
      isBusy.value = false
      if (reply.refusal === undefined) step.value = undefined
      else if (reply.refusal !== 'sign_in_again') fault.value = faultAfter(reply)
    })
    return reply.refusal === undefined ? reply : undefined
  }

  async function putBack({ id, roles: former }: ShopMember): Promise<void> {
    const reply = await deps.setRoles({ memberId: id, roles: former })
    const isRefused = reply.refusal !== undefined && reply.refusal !== 'sign_in_again'
    deps.onUndone(isRefused ? faultBehind(reply) : undefined)
  }

  return {
    step,
    member,
    roles,
    isChanged,
    fault,
    isBusy,

    open(next, whom) {
      batch(() => {
        step.value = next
        member.value = whom
        roles.value = whom.roles
        fault.value = undefined
      })
    },

    toggle(role) {
      const isHeld = roles.value.includes(role)
      roles.value = isHeld ? roles.value.filter((held) => held !== role) : [...roles.value, role]
      fault.value = undefined
    },

    async save() {
      const whom = member.value
      if (whom === undefined) return
      if (roles.value.length === 0) {
        fault.value = { field: 'roles', message: 'fault.roles_none' }
        return
      }
      const saved = await ask(() => deps.setRoles({ memberId: whom.id, roles: roles.value }))
      if (saved !== undefined) deps.onChanged(saved.value, () => putBack(whom))
    },

    async remove() {
      const whom = member.value
      if (whom === undefined) return
      const removed = await ask(() => deps.removeMember(whom.id))
      if (removed !== undefined) deps.onRemoved(whom)
    },

    close() {
      step.value = undefined
    },
  }
}

function faultAfter(refused: Refused): Fault<'roles'> {
  const { refusal } = refused
  if (refusal === 'conflict') return { field: 'roles', message: 'fault.last_owner' }
  if (refusal === 'forbidden') return { field: 'roles', message: 'fault.owner_decides' }
  if (refusal === 'not_found') return { message: 'fault.no_member' }
  return faultBehind(refused)
}
