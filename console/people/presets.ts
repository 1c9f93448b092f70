import type { Condition } from '#protocol/targeting.ts'
import type { MessageKey } from '../messages/en.ts'
import { branchesOf } from './list-address.ts'

/** A condition that lists are often narrowed by, one press away. */
export interface Preset {
  readonly key: string
  readonly label: MessageKey
  readonly condition: Condition
}

export const PRESETS: readonly Preset[] = [
  { key: 'new', label: 'people.preset.new', condition: { kind: 'visitor', is: 'new' } },
  {
    key: 'returning',
    label: 'people.preset.returning',
    condition: { kind: 'visitor', is: 'returning' },
  },
  {
    key: 'cart',
    label: 'people.preset.cart',
    condition: { kind: 'cartQuantity', count: { op: 'atLeast', value: 1 } },
  },
  {
    key: 'ordered',
    label: 'people.preset.ordered',
    condition: { kind: 'orders', count: { op: 'atLeast', value: 1 } },
  },
  {
    key: 'not_ordered',
    label: 'people.preset.not_ordered',
    condition: { kind: 'orders', count: { op: 'equals', value: 0 } },
  },
  {
    key: 'phone',
    label: 'people.preset.phone',
    condition: { kind: 'device', field: 'class', test: { op: 'equals', value: 'phone' } },
  },
  {
    key: 'consented',
    label: 'people.preset.consented',
    condition: { kind: 'consent', purpose: 'marketing' },
  },
]

export function isSame(one: Condition, other: Condition): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether the condition asks for the preset. */
export function asksFor(condition: Condition, preset: Preset): boolean {
  return branchesOf(condition).some((branch) => isSame(branch, preset.condition))
}
