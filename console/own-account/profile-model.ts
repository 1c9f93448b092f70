import { computed, signal, type ReadonlySignal } from '@preact/signals'
import type { MemberProfile, OwnAccount } from '#protocol/account.ts'
import { faultBehind, type Fault } from '../account/faults.ts'
import type { Refused, Reply } from '../api.ts'

export type ProfileField = 'name' | 'alias' | 'languages' | 'timeZone'

/** What is filled in; '' stands for none. */
export interface ProfileDraft {
  readonly name: string
  readonly alias: string
  /** BCP 47, the preferred one first. */
  readonly languages: readonly string[]
  /** IANA name; '': the browser's. */
  readonly timeZone: string
}

export interface ProfileModel {
  readonly draft: ReadonlySignal<ProfileDraft>
  /** Something differs from what is kept. */
  readonly isChanged: ReadonlySignal<boolean>
  readonly fault: ReadonlySignal<Fault<ProfileField> | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  readonly write: (field: 'name' | 'alias' | 'timeZone', value: string) => void
  readonly addLanguage: (tag: string) => void
  readonly removeLanguage: (tag: string) => void
  readonly preferLanguage: (tag: string) => void
  readonly discard: () => void
  readonly save: () => Promise<void>
}

interface ProfileModelDeps {
  /** As it is kept now: preferences are changed elsewhere meanwhile. */
  readonly account: () => MemberProfile
  readonly replaceProfile: (profile: MemberProfile) => Promise<Reply<OwnAccount>>
  readonly onSaved: () => void
}

export const MAX_LANGUAGES = 10

export function createProfileModel(deps: ProfileModelDeps): ProfileModel {
  const kept = signal(draftOf(deps.account()))
  const draft = signal(kept.value)
  const fault = signal<Fault<ProfileField> | undefined>(undefined)
  const isBusy = signal(false)
  const isChanged = computed(() => JSON.stringify(draft.value) !== JSON.stringify(kept.value))

  function change(changed: Partial<ProfileDraft>): void {
    draft.value = { ...draft.value, ...changed }
    fault.value = undefined
  }

  return {
    draft,
    isChanged,
    fault,
    isBusy,

    write: (field, value) => change({ [field]: value }),

    addLanguage(tag) {
      const { languages } = draft.value
      if (languages.includes(tag) || languages.length >= MAX_LANGUAGES) return
      change({ languages: [...languages, tag] })
    },

    removeLanguage: (tag) =>
      change({ languages: draft.value.languages.filter((known) => known !== tag) }),

    preferLanguage: (tag) =>
      change({ languages: [tag, ...draft.value.languages.filter((known) => known !== tag)] }),

    discard: () => change(kept.value),

    async save() {
      if (isBusy.value) return
      const { name, alias, languages, timeZone } = draft.value
      if (name.trim() === '') {
        fault.value = { field: 'name', message: 'fault.name' }
        return
      }
      isBusy.value = true
      const reply = await deps.replaceProfile({
        name: name.trim(),
        alias: alias.trim() === '' ? null : alias.trim(),
        languages: [...languages],
        timeZone: timeZone === '' ? null : timeZone,
        preferences: deps.account().preferences,
      })
      isBusy.value = false
      if (reply.refusal !== undefined) {
        fault.value = faultIn(reply)
        return
      }
      kept.value = draftOf(reply.value)
      draft.value = kept.value
      deps.onSaved()
    },
  }
}

function draftOf({ name, alias, languages, timeZone }: MemberProfile): ProfileDraft {
  return { name, alias: alias ?? '', languages, timeZone: timeZone ?? '' }
}

/** The server's own word on a field: `name: Too big`, or the time zone that is none. */
function faultIn(refused: Refused): Fault<ProfileField> {
  const { refusal, detail } = refused
  if (refusal !== 'bad_request') return faultBehind(refused)
  if (detail.startsWith('name')) return { field: 'name', message: 'fault.name_long' }
  if (detail.startsWith('alias')) return { field: 'alias', message: 'fault.name_long' }
  if (detail.startsWith('languages')) return { field: 'languages', message: 'fault.language' }
  return { field: 'timeZone', message: 'fault.time_zone' }
}
