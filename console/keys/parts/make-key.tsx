import { useState } from 'preact/hooks'
import { KEYS_PATH } from '#protocol/names.ts'
import type { Scope } from '#protocol/scopes.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { SecretDialog } from '../../settings/parts/secret-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { useSession } from '../../session.ts'
import { makeKey } from '../requests.ts'
import { mayGive, PRESETS, type Preset } from '../scope-choice.ts'
import { ScopeTable } from './scope-table.tsx'

/** First what it may do; then the key, once. */
export function MakeKey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const [key, setKey] = useState<string | undefined>(undefined)
  if (key === undefined) return <ChooseScopes onMade={setKey} onClose={onClose} />
  return (
    <SecretDialog
      title={t('key.made.title')}
      secret={key}
      text={t('key.made.text')}
      copy={t('key.made.copy')}
      onClose={onClose}
    />
  )
}

interface ChooseScopesProps {
  readonly onMade: (key: string) => void
  readonly onClose: () => void
}

const PRESET_NAMES = ['sync', 'read', 'all'] as const satisfies readonly Preset[]

function ChooseScopes({ onMade, onClose }: ChooseScopesProps) {
  const words = useWords()
  const { t } = words
  const { may } = useSession()
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const [scopes, setScopes] = useState<readonly Scope[]>([])
  const [isMissing, setMissing] = useState(false)
  const making = useChanging(makeKey, { renews: [KEYS_PATH] })
  const refused = making.refused && refusalText(making.refused, words)

  function choose(chosen: readonly Scope[]): void {
    setScopes(mayGive(chosen, may))
    setMissing(false)
  }

  async function make(): Promise<void> {
    setTried(true)
    setMissing(scopes.length === 0)
    if (scopes.length === 0 || name.trim() === '') return
    const reply = await making.run({ name, scopes })
    if (reply.refusal === undefined) onMade(reply.value.key)
  }

  return (
    <Dialog title={t('key.new.title')} isOpen onClose={onClose}>
      <Form
        onSubmit={() => void make()}
        isBusy={making.isBusy}
        fault={isMissing ? t('key.fault.none') : refused}
      >
        <p>{t('key.new.text')}</p>
        <TextField
          label={t('key.name')}
          name="name"
          hint={t('key.name.hint')}
          value={name}
          onInput={setName}
          fault={isTried && name.trim() === '' ? t('key.name.fault') : undefined}
          maxLength={100}
          autocomplete="off"
          isFirst
          isRequired
        />
        <fieldset class="key-presets">
          <legend class="control-label">{t('key.new.presets')}</legend>
          {PRESET_NAMES.map((name) => (
            <Button key={name} onClick={() => choose(PRESETS[name])}>
              {t(`key.preset.${name}`)}
            </Button>
          ))}
        </fieldset>
        <ScopeTable scopes={scopes} isInvalid={isMissing} onChange={choose} />
        <FormEnd>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={making.isBusy}>
            {t('key.make')}
          </Button>
        </FormEnd>
      </Form>
    </Dialog>
  )
}
