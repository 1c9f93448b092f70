import { useEffect, useRef, useState } from 'preact/hooks'
import type { Audience } from '#protocol/audiences.ts'
import { AUDIENCE_GROWTH_PATH, AUDIENCES_PATH } from '#protocol/names.ts'
import type { Reply } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { TargetingEditor } from '../../targeting/targeting-editor.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/field.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { audienceAddress } from '../addresses.ts'
import { createAudienceModel } from '../audience-model.ts'
import { makeAudience, replaceAudience, type AudienceDraft } from '../requests.ts'

const EMPTY: AudienceDraft = { name: '', condition: { kind: 'all', of: [] }, isTold: false }

/** Its name, and whom it is of. Without an audience it makes one. */
export function AudienceForm({ audience }: { readonly audience?: Audience }) {
  const words = useWords()
  const { t } = words
  const { may } = useSession()
  const model = useAudienceModel(audience)
  const isFixed = !may('audiences', 'edit')
  const refused = model.refused.value
  const nameFault = model.nameFault.value
  const isNew = audience === undefined
  return (
    <div class="audience-form">
      {/* Alone: Enter within a condition saves nothing that is half written. */}
      <form
        class="audience-name"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void model.save()
        }}
      >
        <TextField
          label={t('audience.name')}
          name="name"
          isRequired
          maxLength={200}
          autocomplete="off"
          isDisabled={isFixed}
          value={model.name.value}
          fault={nameFault && t(nameFault)}
          onInput={model.rename}
        />
      </form>
      <TargetingEditor
        about="profile"
        value={model.condition.value}
        onChange={model.write}
        isChecked={model.isChecked.value}
        refused={refused}
        isFixed={isFixed}
      />
      <CheckField
        label={t('audience.told')}
        name="isTold"
        hint={t('audience.told.hint')}
        isDisabled={isFixed}
        isChecked={model.isTold.value}
        onChange={model.tell}
      />
      <p class="control-fault" role="alert">
        {refused !== undefined && refusalText(refused, words)}
      </p>
      {!isFixed && (isNew || model.isChanged.value) && (
        <div class="audience-end">
          <Button kind="primary" isBusy={model.isBusy.value} onClick={() => void model.save()}>
            {t(isNew ? 'audience.make' : 'audience.save')}
          </Button>
          {!isNew && <Button onClick={model.discard}>{t('audience.discard')}</Button>}
        </div>
      )}
    </div>
  )
}

function useAudienceModel(audience: Audience | undefined) {
  const { t } = useWords()
  const renews = [AUDIENCES_PATH, AUDIENCE_GROWTH_PATH]
  const making = useChanging(makeAudience, { renews })
  const replacing = useChanging(replaceAudience, { renews })
  const id = audience?.id
  // Undoing comes later: by then it asks as the page does then.
  const latestRef = useRef(save)
  useEffect(() => {
    latestRef.current = save
  })

  function save(draft: AudienceDraft): Promise<Reply<Audience>> {
    return id === undefined ? making.run(draft) : replacing.run({ ...draft, id })
  }

  async function restore(former: AudienceDraft): Promise<void> {
    const { refusal } = await latestRef.current(former)
    say(t(refusal === undefined ? 'audience.restored' : 'fault.server'))
  }

  const [model] = useState(() =>
    createAudienceModel({
      stored: audience ?? EMPTY,
      save: (draft) => latestRef.current(draft),
      onSaved(saved, former) {
        if (id !== undefined) {
          say(t('audience.saved'), { undo: () => void restore(former) })
          return
        }
        navigate(audienceAddress(saved.id), { replace: true })
        say(t('audience.made', { name: saved.name }))
      },
    }),
  )
  const stored = audience && JSON.stringify([audience.name, audience.condition, audience.isTold])
  const audienceRef = useRef(audience)
  useEffect(() => {
    audienceRef.current = audience
  })
  useEffect(() => {
    const known = audienceRef.current
    if (known === undefined) return
    const { name, condition, isTold } = known
    model.adopt({ name, condition, isTold })
  }, [model, stored])
  return model
}
