import { useState } from 'preact/hooks'
import { KEYS_PATH } from '#protocol/names.ts'
import type { SecretKey } from '#protocol/shop.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { renameKey } from '../requests.ts'

interface RenameKeyProps {
  readonly renamed: SecretKey
  readonly onClose: () => void
}

export function RenameKey({ renamed, onClose }: RenameKeyProps) {
  const words = useWords()
  const { t } = words
  const { id, ending } = renamed
  const [name, setName] = useState(renamed.name)
  const [isTried, setTried] = useState(false)
  const renaming = useChanging(renameKey, { renews: [KEYS_PATH] })
  const isMissing = name.trim() === ''

  async function rename(): Promise<void> {
    setTried(true)
    if (isMissing) return
    const { refusal } = await renaming.run({ id, name })
    if (refusal !== undefined) return
    onClose()
    say(t('key.renamed'))
  }

  return (
    <Dialog title={t('key.rename.title', { ending })} isOpen onClose={onClose}>
      <Form
        onSubmit={() => void rename()}
        isBusy={renaming.isBusy}
        fault={renaming.refused && refusalText(renaming.refused, words)}
      >
        <TextField
          label={t('key.name')}
          name="name"
          hint={t('key.name.hint')}
          value={name}
          onInput={setName}
          fault={isTried && isMissing ? t('key.name.fault') : undefined}
          maxLength={100}
          autocomplete="off"
          isFirst
          isRequired
        />
        <FormEnd>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={renaming.isBusy}>
            {t('key.rename')}
          </Button>
        </FormEnd>
      </Form>
    </Dialog>
  )
}
