import { useEffect, useRef } from 'preact/hooks'
import type { Refused, Reply } from '../api.ts'
import { useChanging } from '../queries.ts'
import { say } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import type { FormFault } from './faults.ts'
import type { FormModel } from './form-model.ts'
import { useForm } from './use-form.ts'

interface SettingsFormDeps<Fields> {
  readonly stored: Fields
  readonly save: (fields: Fields) => Promise<Reply<unknown>>
  /** What was read and is another after it. */
  readonly renews: readonly string[]
  readonly faultIn?: (fields: Fields) => FormFault | undefined
  readonly faultOf?: (refused: Refused) => FormFault
}

/** A form of settings: it says when they are saved, and puts back what was there for whoever undoes it. */
export function useSettingsForm<Fields extends object>({
  save,
  renews,
  ...deps
}: SettingsFormDeps<Fields>): FormModel<Fields> {
  const { t } = useWords()
  const { run } = useChanging(save, { renews })
  // Undoing comes later: what else was saved meanwhile must not be undone with it.
  const latestRef = useRef(run)
  useEffect(() => {
    latestRef.current = run
  })

  async function restore(former: Fields): Promise<void> {
    const { refusal } = await latestRef.current(former)
    say(t(refusal === undefined ? 'settings.restored' : 'fault.server'))
  }

  return useForm({
    ...deps,
    save: run,
    onSaved: (former) => say(t('ui.saved'), { undo: () => void restore(former) }),
  })
}
