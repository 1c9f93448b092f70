import { useEffect, useRef, useState } from 'preact/hooks'
import type { Chatbot, ChatbotStep } from '#protocol/chatbots.ts'
import { CHATBOTS_PATH, SHOP_PATH } from '#protocol/names.ts'
import { faultsOf } from '#protocol/script-faults.ts'
import type { ShopAnswer } from '#protocol/shop.ts'
import { languageChoices, languageName } from '../../own-account/languages.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { faultText, type FormFault } from '../../settings/faults.ts'
import { useSettingsForm } from '../../settings/use-settings-form.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { PickField } from '../../ui/pick-field.tsx'
import { useWords } from '../../words.ts'
import { changeBot } from './bot-requests.ts'
import { useBotWords } from './bot-words.ts'
import { keptDraft, keepDraft, type BotFields } from './kept-draft.ts'
import { BotPreview } from './preview.tsx'
import { languagesOf } from './script.ts'
import { StepList } from './step-list.tsx'

interface BotEditorProps {
  readonly bot: Chatbot
  readonly mayEdit: boolean
}

export function BotEditor({ bot, mayEdit }: BotEditorProps) {
  const words = useWords()
  const { language: own } = words
  const b = useBotWords()
  const { may } = useSession()
  const { id, version } = bot
  const shop = useReading<ShopAnswer>(may('shop', 'read') ? SHOP_PATH : undefined)
  // Of what is being changed: whatever is read meanwhile, another's change is not saved over.
  const versionRef = useRef(version)
  const form = useSettingsForm<BotFields>({
    stored: { name: bot.name, steps: bot.steps },
    save: ({ name, steps }) =>
      changeBot({ id, version: versionRef.current, name, steps: [...steps] }),
    renews: [CHATBOTS_PATH],
    faultIn: ({ name, steps }): FormFault | undefined =>
      name.trim() === '' || faultsOf(steps).length > 0 ? { field: 'script' } : undefined,
  })
  const isChanged = form.isChanged.value
  const { name, steps } = form.fields.value
  useEffect(() => {
    if (!isChanged) versionRef.current = version
  }, [isChanged, version])
  useKeptDraft(id, isChanged ? form.fields.value : undefined, (kept) => {
    form.write('name', kept.name)
    form.write('steps', kept.steps)
  })
  const known = [...(shop.value?.languages ?? [own]), ...languagesOf(steps)]
  const [added, setAdded] = useState<readonly string[]>([])
  const offered = [...new Set([...known, ...added])]
  const [wanted, setWanted] = useState<string | undefined>(undefined)
  const language = wanted !== undefined && offered.includes(wanted) ? wanted : (offered[0] ?? own)
  const choices = languageChoices(own, offered)
  const faults = faultsOf(steps)
  const fault = form.fault.value
  const [wasTried, setTried] = useState(false)
  const write = (next: readonly ChatbotStep[]) => form.write('steps', next)

  return (
    <Form
      onSubmit={() => {
        setTried(true)
        void form.save()
      }}
      isBusy={form.isBusy.value}
    >
      <div class="channel-options bot-editor">
        <fieldset class="channel-fields bot-fields" disabled={!mayEdit}>
          <TextField
            name="name"
            label={b('name')}
            hint={b('nameHint')}
            maxLength={60}
            value={name}
            onInput={(value) => form.write('name', value)}
            fault={wasTried && name.trim() === '' ? b('noName') : undefined}
            isRequired
          />
          <div class="channel-languages">
            <SelectField
              name="language"
              label={b('language')}
              isRequired
              value={language}
              options={offered.map((tag) => ({ value: tag, label: languageName(tag, own) }))}
              onChange={setWanted}
            />
            <PickField
              name="add-language"
              label={b('addLanguage')}
              isRequired
              value=""
              choices={choices}
              onPick={(tag) => {
                setAdded([...added, tag])
                setWanted(tag)
              }}
            />
            <p class="control-hint">{b('languageHint')}</p>
          </div>
          <StepList
            steps={steps}
            language={language}
            faults={wasTried ? faults : []}
            onChange={write}
          />
        </fieldset>
        <div class="channel-beside">
          {mayEdit && (
            <div class="channel-save">
              <FormEnd>
                <Button
                  type="submit"
                  kind="primary"
                  isBusy={form.isBusy.value}
                  isDisabled={!isChanged}
                >
                  {b('save')}
                </Button>
                {isChanged && (
                  <Button kind="quiet" onClick={form.discard}>
                    {b('discard')}
                  </Button>
                )}
              </FormEnd>
              <p class="control-fault" role="alert">
                {fault?.refused?.refusal === 'conflict'
                  ? b('stale')
                  : fault?.field === 'script' && faults[0] !== undefined
                    ? `${faults[0].place > 0 ? `${faults[0].place}. ` : ''}${b(`fault.${faults[0].code}`)}`
                    : faultText(fault, undefined, words)}
              </p>
            </div>
          )}
          <BotPreview name={name} steps={steps} language={language} />
        </div>
      </div>
    </Form>
  )
}

/** Whoever looks at another page finds what they wrote; whoever closes the tab is asked first. */
function useKeptDraft(
  id: string,
  changed: BotFields | undefined,
  restore: (kept: BotFields) => void,
): void {
  const changedRef = useRef(changed)
  const restoreRef = useRef(restore)
  useEffect(() => {
    changedRef.current = changed
  })
  useEffect(() => {
    const kept = keptDraft(id)
    if (kept !== undefined) restoreRef.current(kept)
    const warn = (event: BeforeUnloadEvent) => {
      if (changedRef.current !== undefined) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      keepDraft(id, changedRef.current)
    }
  }, [id])
}
