import { useState } from 'preact/hooks'
import { LISTS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form, FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'
import { listAddress } from '../addresses.ts'
import { makeList } from '../requests.ts'

/** Asks what it is called, and leads to it. */
export function NewListDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords()
  const { t } = words
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const making = useChanging(makeList, { renews: [LISTS_PATH] })

  async function make(): Promise<void> {
    setMissing(name.trim() === '')
    if (name.trim() === '') return
    const reply = await making.run(name.trim())
    if (reply.refusal !== undefined) return
    onClose()
    navigate(listAddress(reply.value.id))
  }

  return (
    <Dialog title={t('lists.new')} isOpen onClose={onClose}>
      <Form
        onSubmit={() => void make()}
        isBusy={making.isBusy}
        fault={making.refused && refusalText(making.refused, words)}
      >
        <TextField
          label={t('lists.name')}
          name="name"
          isRequired
          isFirst
          maxLength={200}
          autocomplete="off"
          hint={t('lists.name.hint')}
          value={name}
          fault={isMissing ? t('lists.fault.name') : undefined}
          onInput={setName}
        />
        <FormEnd>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" kind="primary" isBusy={making.isBusy}>
            {t('lists.make')}
          </Button>
        </FormEnd>
      </Form>
    </Dialog>
  )
}
