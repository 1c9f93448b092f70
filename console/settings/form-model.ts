import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Refused, Reply } from '../api.ts'
import { formFault, type FormFault } from './faults.ts'

export interface FormModel<Fields> {
  readonly fields: ReadonlySignal<Fields>
  readonly fault: ReadonlySignal<FormFault | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly isChanged: ReadonlySignal<boolean>
  readonly write: <Name extends keyof Fields>(name: Name, value: Fields[Name]) => void
  readonly discard: () => void
  /** Whether it was saved. What was typed stays where it was not. */
  readonly save: () => Promise<boolean>
  /** What the server has by now: replaces what nobody has changed here. */
  readonly adopt: (stored: Fields) => void
  /** Forgets what was typed and what was wrong with it, for the next of its kind. */
  readonly begin: (fields: Fields) => void
}

export interface FormDeps<Fields> {
  readonly stored: Fields
  readonly save: (fields: Fields) => Promise<Reply<unknown>>
  /** What can be known before anything is sent. */
  readonly faultIn?: (fields: Fields) => FormFault | undefined
  readonly faultOf?: (refused: Refused) => FormFault
  /** `former`: what was stored before, for whoever takes it back. */
  readonly onSaved?: (former: Fields) => void
}

/** A form that keeps what was typed until it is saved or discarded. Fields are texts, numbers, flags, or lists of texts. */
export function createForm<Fields extends object>(deps: FormDeps<Fields>): FormModel<Fields> {
  const { faultIn = () => undefined, faultOf = formFault } = deps
  const stored = signal(deps.stored)
  const fields = signal(deps.stored)
  const fault = signal<FormFault | undefined>(undefined)
  const isBusy = signal(false)
  const isChanged = computed(() => !isSame(fields.value, stored.value))

  return {
    fields,
    fault,
    isBusy,
    isChanged,

    write(name, value) {
      fields.value = { ...fields.value, [name]: value }
    },

    discard() {
      batch(() => {
        fields.value = stored.value
        fault.value = undefined
      })
    },

    async save() {
      if (isBusy.value) return false
      fault.value = faultIn(fields.value)
      if (fault.value !== undefined) return false
      isBusy.value = true
      const sent = fields.value
      const former = stored.value
      const reply = await deps.save(sent)
      batch(() => {
        isBusy.value = false
        if (reply.refusal === undefined) stored.value = sent
        else fault.value = faultOf(reply)
      })
      if (reply.refusal !== undefined) return false
      deps.onSaved?.(former)
      return true
    },

    adopt(next) {
      batch(() => {
        if (!isChanged.value) fields.value = next
        stored.value = next
      })
    },

    begin(first) {
      batch(() => {
        fields.value = first
        stored.value = first
        fault.value = undefined
      })
    },
  }
}

/** Both were written in the same order, by the same hand. */
function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
