import type { NumberComparison, ValueComparison } from '#protocol/comparison.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Refused } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'
import type { Slot } from './slots.ts'
import { isKnownLeaf, slotsOf } from './slots-of.ts'
import type { LeafOf, LeafKind } from '#protocol/leaf.ts'
import { pathsOf, type RootView } from './view.ts'

/** What is still to be filled in, or can't be so, before anything is sent. */
export function leafFault(leaf: LeafOf<LeafKind>): MessageKey | undefined {
  for (const slot of Object.values(slotsOf(leaf))) {
    const fault = slotFault(slot)
    if (fault !== undefined) return fault
  }
  if (leaf.kind === 'hour' && leaf.from === leaf.to) return 'target.fault.order'
  if (leaf.kind === 'date' && (leaf.from ?? '') >= (leaf.to ?? '~')) return 'target.fault.order'
  return undefined
}

/** Whether any part of it is not yet what can be saved. */
export function hasFault(condition: Condition): boolean {
  if (condition.kind === 'not') return hasFault(condition.of)
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.some(hasFault)
  return isKnownLeaf(condition) && leafFault(condition) !== undefined
}

const MAX_WINDOW_DAYS = 90
const UNITS_A_DAY = { minutes: 1_440, hours: 24, days: 1, weeks: 1 / 7 } as const

function slotFault(slot: Slot): MessageKey | undefined {
  switch (slot.type) {
    case 'name':
      return slot.value.trim() === '' ? 'target.fault.empty' : undefined
    case 'reference':
      return slot.value === '' ? 'target.fault.empty' : undefined
    case 'wall':
      return slot.value === '' ? 'target.fault.empty' : undefined
    case 'many':
    case 'names':
      return slot.value.length === 0 ? 'target.fault.none' : undefined
    case 'number':
      return numberFault(slot.value)
    case 'money':
      if (!/^[A-Z]{3}$/.test(slot.value.currency)) return 'target.fault.currency'
      return numberFault(slot.value.amount)
    case 'text':
    case 'value':
      return valueFault(slot.value)
    case 'when': {
      const { within } = slot.value
      if (within === undefined || !slot.isBounded) return undefined
      const days = within.last / UNITS_A_DAY[within.unit]
      return days > MAX_WINDOW_DAYS ? 'target.fault.window' : undefined
    }
    case 'items':
    case 'properties':
      for (const filter of slot.value) {
        if ('property' in filter && filter.property.trim() === '') return 'target.fault.empty'
        if ('name' in filter && filter.name.trim() === '') return 'target.fault.empty'
        const fault = valueFault(filter.test)
        if (fault !== undefined) return fault
      }
      return undefined
    case 'optional':
      return slot.inner && slotFault(slot.inner)
    case 'choice':
    case 'plainNumber':
    case 'time':
      return undefined
  }
}

function numberFault(test: NumberComparison): MessageKey | undefined {
  return test.op === 'between' && test.from > test.to ? 'target.fault.order' : undefined
}

function valueFault(test: ValueComparison): MessageKey | undefined {
  if (test.op === 'oneOf') return test.values.length === 0 ? 'target.fault.none' : undefined
  if (test.op === 'between') return numberFault(test)
  if (test.op === 'regex') return regexFault(test.pattern)
  if (test.op === 'glob') return test.pattern === '' ? 'target.fault.empty' : undefined
  return 'value' in test && test.value === '' ? 'target.fault.empty' : undefined
}

/** The server's expressions take linear time: they look neither ahead nor back, and refer to nothing before. */
const NOT_LINEAR = /\(\?(?:[=!]|<[=!])|\\[1-9]/

function regexFault(pattern: string): MessageKey | undefined {
  if (pattern === '') return 'target.fault.empty'
  return NOT_LINEAR.test(pattern) || !isExpression(pattern) ? 'target.fault.pattern' : undefined
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== ''
  } catch {
    // That is how JavaScript says so.
    return false
  }
}

/** At which parts the server found something, by their ids; the root's for what it did not place. */
export function refusedParts(root: RootView, refused: Refused | undefined): ReadonlySet<number> {
  if (refused?.refusal !== 'bad_request') return new Set()
  const places = [...pathsOf(root)].toSorted(([, one], [, other]) => other.length - one.length)
  const parts = refused.detail.replace(/^Not a condition\. /, '').split('; ')
  return new Set(
    parts.map((part) => {
      const place = part.split(': ')[0]?.replace(/^(?:condition|targeting)\.?/, '') ?? ''
      const found = places.find(([, path]) => path !== '' && `${place}.`.startsWith(`${path}.`))
      return found?.[0] ?? root.id
    }),
  )
}
