import { useState } from 'preact/hooks'
import type { Definition, DefinitionDraft } from '#protocol/definitions.ts'
import { DEFINED_KINDS, DEFINED_TYPES } from '#protocol/lists.ts'
import { DEFINITIONS_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { putDefinition } from '../requests.ts'

interface DefinitionDialogProps {
  readonly first: DefinitionDraft | Definition
  readonly onClose: () => void
}

/** Says what an event or an attribute means. */
export function DefinitionDialog({ first, onClose }: DefinitionDialogProps) {
  const words = useWords()
  const { t } = words
  const { kind, name, description, type, owner } = first
  const [draft, setDraft] = useState<DefinitionDraft>({ kind, name, description, type, owner })
  const [fault, setFault] = useState<string | undefined>(undefined)
  const saving = useChanging(putDefinition, { renews: [DEFINITIONS_PATH] })
  const isKnown = 'id' in first

  async function save(): Promise<void> {
    if (draft.name.trim() === '') return setFault(t('explorer.unnamed'))
    const { refusal } = await saving.run(draft)
    if (refusal !== undefined) return
    say(
      t('ui.saved'),
      isKnown ? { undo: () => void saving.run({ kind, name, description, type, owner }) } : {},
    )
    onClose()
  }

  return (
    <Dialog
      title={isKnown ? name : t('explorer.define')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" isBusy={saving.isBusy} onClick={() => void save()}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <Form
        onSubmit={() => void save()}
        isBusy={saving.isBusy}
        fault={saving.refused && refusalText(saving.refused, words)}
      >
        <SelectField
          name="kind"
          label={t('explorer.defines')}
          isRequired
          isDisabled={isKnown}
          value={draft.kind}
          options={DEFINED_KINDS.map((value) => ({ value, label: t(`explorer.defines.${value}`) }))}
          onChange={(value) =>
            setDraft({ ...draft, kind: value === 'attribute' ? 'attribute' : 'event', type: null })
          }
        />
        <TextField
          name="name"
          label={t('explorer.name')}
          isRequired
          isFixed={isKnown}
          maxLength={200}
          value={draft.name}
          fault={fault}
          onInput={(value) => setDraft({ ...draft, name: value })}
        />
        <TextField
          name="description"
          label={t('explorer.description')}
          rows={3}
          maxLength={1_000}
          value={draft.description}
          onInput={(value) => setDraft({ ...draft, description: value })}
        />
        {draft.kind === 'attribute' && (
          <SelectField
            name="type"
            label={t('explorer.kind')}
            value={draft.type ?? ''}
            options={[
              { value: '', label: t('orders.any') },
              ...DEFINED_TYPES.map((value) => ({ value, label: t(`explorer.kind.${value}`) })),
            ]}
            onChange={(value) =>
              setDraft({ ...draft, type: DEFINED_TYPES.find((one) => one === value) ?? null })
            }
          />
        )}
        <TextField
          name="owner"
          label={t('explorer.owner')}
          hint={t('explorer.owner.hint')}
          maxLength={100}
          value={draft.owner}
          onInput={(value) => setDraft({ ...draft, owner: value })}
        />
      </Form>
    </Dialog>
  )
}
