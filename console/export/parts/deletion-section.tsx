import { useState } from 'preact/hooks'
import { DELETION_PAGE_PATH, SHOP_DELETION_PATH } from '#protocol/names.ts'
import type { NewDeletion } from '#protocol/shop.ts'
import { send } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'

/** The one thing here that cannot be undone: it takes the shop's name, typed. */
export function DeletionSection() {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('data.delete.title')} text={t('data.delete.text')}>
      <div>
        <Button kind="danger" icon="trash" onClick={() => setOpen(true)}>
          {t('data.delete.open')}
        </Button>
      </div>
      <DeletionDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </Section>
  )
}

interface DeletionDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

function DeletionDialog({ isOpen, onClose }: DeletionDialogProps) {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const deleting = useChanging((name: string) => send<NewDeletion>(SHOP_DELETION_PATH, { name }))
  const isRight = typed.trim() === shop.name

  async function remove(): Promise<void> {
    setTried(true)
    if (!isRight) return
    const reply = await deleting.run(shop.name)
    if (reply.refusal !== undefined) return
    // A new page, so that nothing of the shop stays in it.
    location.replace(`${DELETION_PAGE_PATH}#${reply.value.token}`)
  }

  return (
    <Dialog
      title={t('data.delete.dialog', { shop: shop.name })}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" isBusy={deleting.isBusy} onClick={() => void remove()}>
            {t('data.delete.action')}
          </Button>
        </>
      }
    >
      <p>{t('data.delete.lost')}</p>
      <Form
        onSubmit={() => void remove()}
        isBusy={deleting.isBusy}
        fault={deleting.refused && refusalText(deleting.refused, words)}
      >
        <TextField
          name="shopName"
          label={t('data.delete.name', { shop: shop.name })}
          value={typed}
          onInput={setTyped}
          fault={isTried && !isRight ? t('data.delete.fault') : undefined}
          autocomplete="off"
          isFirst
          isRequired
        />
      </Form>
    </Dialog>
  )
}
