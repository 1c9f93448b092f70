import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import type { Audience } from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import type { Refused, Reply } from '../api.ts'
import type { MessageKey } from '../messages/en.ts'
import { hasFault } from '../targeting/faults.ts'
import type { AudienceDraft } from './requests.ts'

/** An audience while it is made or changed; what was written stays until it is saved or discarded. */
export interface AudienceModel {
  readonly name: ReadonlySignal<string>
  readonly condition: ReadonlySignal<Condition>
  readonly isTold: ReadonlySignal<boolean>
  readonly isChanged: ReadonlySignal<boolean>
  readonly isBusy: ReadonlySignal<boolean>
  /** Somebody wanted to save it: what is missing is said. */
  readonly isChecked: ReadonlySignal<boolean>
  readonly nameFault: ReadonlySignal<MessageKey | undefined>
  /** Why the server would not, where it is about the condition or the whole. */
  readonly refused: ReadonlySignal<Refused | undefined>
  readonly rename: (name: string) => void
  readonly write: (condition: Condition) => void
  /** Whether webhooks are to be told who enters and leaves. */
  readonly tell: (isTold: boolean) => void
  readonly discard: () => void
  /** What was saved; undefined where something is to be put right first. */
  readonly save: () => Promise<Audience | undefined>
  /** What the server has by now: replaces what nobody has changed here. */
  readonly adopt: (stored: AudienceDraft) => void
}

interface AudienceModelDeps {
  readonly stored: AudienceDraft
  readonly save: (draft: AudienceDraft) => Promise<Reply<Audience>>
  /** With what was stored before, for whoever takes it back. */
  readonly onSaved: (saved: Audience, former: AudienceDraft) => void
}

export function createAudienceModel(deps: AudienceModelDeps): AudienceModel {
  const stored = signal(deps.stored)
  const name = signal(deps.stored.name)
  const condition = signal(deps.stored.condition)
  const isTold = signal(deps.stored.isTold)
  const isBusy = signal(false)
  const isChecked = signal(false)
  const nameFault = signal<MessageKey | undefined>(undefined)
  const refused = signal<Refused | undefined>(undefined)
  const isChanged = computed(
    () =>
      name.value !== stored.value.name ||
      isTold.value !== stored.value.isTold ||
      JSON.stringify(condition.value) !== JSON.stringify(stored.value.condition),
  )

  function show(draft: AudienceDraft): void {
    batch(() => {
      name.value = draft.name
      condition.value = draft.condition
      isTold.value = draft.isTold
      isChecked.value = false
      nameFault.value = undefined
      refused.value = undefined
    })
  }

  return {
    name,
    condition,
    isTold,
    isChanged,
    isBusy,
    isChecked,
    nameFault,
    refused,

    rename(text) {
      batch(() => {
        name.value = text
        nameFault.value = undefined
      })
    },

    write(next) {
      batch(() => {
        condition.value = next
        refused.value = undefined
      })
    },

    tell(wanted) {
      batch(() => {
        isTold.value = wanted
        refused.value = undefined
      })
    },

    discard() {
      show(stored.value)
    },

    async save() {
      if (isBusy.value) return undefined
      const draft = {
        name: name.value.trim(),
        condition: condition.value,
        isTold: isTold.value,
      }
      const former = stored.value
      batch(() => {
        isChecked.value = true
        refused.value = undefined
        nameFault.value = draft.name === '' ? 'audience.fault.name' : undefined
      })
      if (nameFault.value !== undefined || hasFault(draft.condition)) return undefined
      isBusy.value = true
      const reply = await deps.save(draft)
      batch(() => {
        isBusy.value = false
        if (reply.refusal === undefined) {
          stored.value = draft
          show(draft)
        } else if (isTaken(reply)) {
          nameFault.value = 'audience.fault.taken'
        } else {
          refused.value = reply
        }
      })
      if (reply.refusal !== undefined) return undefined
      deps.onSaved(reply.value, former)
      return reply.value
    },

    adopt(next) {
      const isSame = JSON.stringify(next) === JSON.stringify(stored.value)
      if (isSame) return
      const wasChanged = isChanged.value
      stored.value = next
      if (!wasChanged) show(next)
    },
  }
}

function isTaken({ refusal, detail }: Refused): boolean {
  return refusal === 'conflict' && detail.startsWith('There is an audience')
}
