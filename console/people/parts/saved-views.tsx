import { useState } from 'preact/hooks'
import { VIEWS_PATH } from '#protocol/names.ts'
import type { SavedView, ViewList } from '#protocol/views.ts'
import { useChanging, useReading } from '../../queries.ts'
import { isFull, refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { removeView, saveView } from '../requests.ts'

interface SavedViewsProps {
  readonly list: ViewList
  /** The list's page. */
  readonly path: string
  /** What it is narrowed to now, as in its address; empty: not at all. */
  readonly query: string
}

/** Views of a list that the shop's members share: opened, saved, removed and brought back. */
export function SavedViews({ list, path, query }: SavedViewsProps) {
  const { t } = useWords()
  const { may } = useSession()
  const [isNaming, setNaming] = useState(false)
  const mayEdit = may('customers', 'edit')
  const mayRead = may('customers', 'read')
  const read = useReading<{ items: readonly SavedView[] }>(
    mayRead ? `${VIEWS_PATH}?list=${list}` : undefined,
  )
  const views = read.value?.items ?? []
  const renews = { renews: [VIEWS_PATH] }
  const saving = useChanging(saveView, renews)
  const removing = useChanging(removeView, renews)
  const shown = views.find((view) => view.query === query)

  async function remove(view: SavedView): Promise<void> {
    const { name } = view
    const { refusal } = await removing.run(view)
    if (refusal !== undefined) return
    const { id: _, createdAt: __, ...draft } = view
    say(t('people.view.removed', { name }), { undo: () => void saving.run(draft) })
  }

  if (!mayRead || (views.length === 0 && (!mayEdit || query === ''))) return null
  const items: MenuItem[] = views.map((view) => ({
    key: view.id,
    label: view.name,
    isChecked: view === shown,
    onSelect: () => navigate(`${path}?${view.query}`),
  }))
  if (mayEdit && query !== '' && shown === undefined) {
    items.push({
      key: 'save',
      label: t('people.view.save'),
      icon: 'plus',
      isApart: true,
      onSelect: () => setNaming(true),
    })
  }
  if (mayEdit && shown !== undefined) {
    items.push({
      key: 'remove',
      label: t('people.view.remove', { name: shown.name }),
      icon: 'trash',
      isApart: true,
      isDangerous: true,
      onSelect: () => void remove(shown),
    })
  }
  return (
    <>
      <Menu
        label={shown?.name ?? t('people.views')}
        name={t('people.views')}
        items={items}
        placement="bottom-start"
      />
      {isNaming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onSave={(name) => saving.run({ list, name, query })}
        />
      )}
    </>
  )
}

interface NameDialogProps {
  readonly onClose: () => void
  readonly onSave: (name: string) => ReturnType<typeof saveView>
}

function NameDialog({ onClose, onSave }: NameDialogProps) {
  const words = useWords()
  const { t } = words
  const [name, setName] = useState('')
  const [fault, setFault] = useState<string | undefined>(undefined)

  async function save(): Promise<void> {
    if (name.trim() === '') return setFault(t('people.view.unnamed'))
    const reply = await onSave(name.trim())
    if (reply.refusal === undefined) {
      say(t('people.view.saved', { name: name.trim() }))
      onClose()
    } else if (reply.refusal === 'conflict' && !isFull(reply)) setFault(t('people.view.taken'))
    else setFault(refusalText(reply, words))
  }

  return (
    <Dialog
      title={t('people.view.save')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" onClick={() => void save()}>
            {t('people.view.save')}
          </Button>
        </>
      }
    >
      <Form onSubmit={() => void save()}>
        <TextField
          name="name"
          label={t('people.view.name')}
          hint={t('people.view.shared')}
          isRequired
          isFirst
          maxLength={80}
          value={name}
          fault={fault}
          onInput={setName}
        />
      </Form>
    </Dialog>
  )
}
