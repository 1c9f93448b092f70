import { useState } from 'preact/hooks'
import type { Definition, DefinitionDraft } from '#protocol/definitions.ts'
import { DEFINITIONS_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { putDefinition, removeDefinition } from '../requests.ts'
import { DefinitionDialog } from './definition-dialog.tsx'

const NEW: DefinitionDraft = { kind: 'event', name: '', description: '', type: null, owner: '' }
const RENEWS = { renews: [DEFINITIONS_PATH] }

/** What the shop's people agreed that events and attributes mean. */
export function Definitions() {
  const { t } = useWords()
  const { may } = useSession()
  const mayEdit = may('events', 'edit')
  const reading = useReading<{ items: readonly Definition[] }>(DEFINITIONS_PATH)
  const [edited, setEdited] = useState<DefinitionDraft | undefined>(undefined)
  const removing = useChanging(removeDefinition, RENEWS)
  const bringing = useChanging(putDefinition, RENEWS)
  const add = mayEdit && (
    <Button kind="primary" icon="plus" onClick={() => setEdited(NEW)}>
      {t('explorer.define')}
    </Button>
  )

  async function remove(definition: Definition): Promise<void> {
    const { refusal } = await removing.run(definition)
    if (refusal !== undefined) return
    const { id: _, updatedAt: __, ...draft } = definition
    say(t('explorer.defined.removed', { name: draft.name }), {
      undo: () => void bringing.run(draft),
    })
  }

  return (
    <>
      <Loaded reading={reading} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={t('explorer.undefined')}
              text={t('explorer.undefined.text')}
              action={add}
            />
          ) : (
            <Section
              title={t('explorer.tab.definitions')}
              text={t('explorer.undefined.text')}
              actions={add}
            >
              <DataTable
                label={t('explorer.tab.definitions')}
                rows={items}
                keyOf={({ id }) => id}
                empty={null}
                columns={[
                  {
                    key: 'name',
                    title: t('explorer.name'),
                    isMain: true,
                    cell: (item) =>
                      mayEdit ? (
                        <OpenButton onOpen={() => setEdited(item)}>{item.name}</OpenButton>
                      ) : (
                        item.name
                      ),
                  },
                  {
                    key: 'kind',
                    title: t('explorer.defines'),
                    cell: ({ kind }) => t(`explorer.defines.${kind}`),
                  },
                  {
                    key: 'description',
                    title: t('explorer.description'),
                    cell: ({ description }) => description,
                  },
                  {
                    key: 'type',
                    title: t('explorer.kind'),
                    cell: ({ type }) => type && t(`explorer.kind.${type}`),
                  },
                  { key: 'owner', title: t('explorer.owner'), cell: ({ owner }) => owner },
                  {
                    key: 'actions',
                    title: '',
                    isAtEnd: true,
                    cell: (item) =>
                      mayEdit && (
                        <Button
                          kind="quiet"
                          icon="trash"
                          name={t('explorer.defined.remove', { name: item.name })}
                          onClick={() => void remove(item)}
                        />
                      ),
                  },
                ]}
              />
            </Section>
          )
        }
      </Loaded>
      {edited !== undefined && (
        <DefinitionDialog first={edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}
