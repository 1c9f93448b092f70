import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Experience } from '#protocol/experiences.ts'
import type { Refused } from '../../api.ts'
import { route } from '../../router.ts'
import { useSession } from '../../session.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { useWords } from '../../words.ts'
import { EDITOR_TABS, editorAddress, tabIn } from '../addresses.ts'
import { createEditorModel } from '../editor-model.ts'
import { faultsIn } from '../faults.ts'
import { createDraftStore } from '../kept-draft.ts'
import { Link } from '../../ui/link.tsx'
import { DesignTab } from './design-tab.tsx'
import { EditorActions } from './editor-actions.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { ExperienceState } from './experience-state.tsx'
import { HistoryTab } from './history-tab.tsx'
import { ResultsTab } from './results-tab.tsx'
import { TargetingTab } from './targeting-tab.tsx'
import { WhenTab } from './when-tab.tsx'

export function Editor({ experience }: { readonly experience: Experience }) {
  const { t } = useWords()
  const { shop, may } = useSession()
  const { id } = experience
  // Read anew, it is the same experience: what is being written stays.
  const editor = useMemo(
    () =>
      createEditorModel({
        experience,
        store: createDraftStore(localStorage, { shopKey: shop.key, id }),
        now: Date.now,
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [id, shop.key],
  )
  const [refused, setRefused] = useState<Refused | undefined>(undefined)
  const [isTried, setTried] = useState(false)
  const mayEdit = may('experiences', 'edit')
  const tab = tabIn(route.value.query)
  const draft = editor.draft.value
  const all = faultsIn(draft)
  const faults = isTried ? all : []

  useEffect(() => {
    const undoByKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key !== 'z' && !isRedo) return
      // The field's own undo knows nothing of the rest of the draft.
      event.preventDefault()
      if (isRedo) editor.redo()
      else editor.undo()
    }
    addEventListener('keydown', undoByKey)
    return () => removeEventListener('keydown', undoByKey)
  }, [editor])

  return (
    <PageFrame
      isWide
      title={draft.name.trim() === '' ? t('experience.one') : draft.name}
      intro={<ExperienceState experience={editor.base.value} />}
      actions={
        mayEdit && (
          <EditorActions
            editor={editor}
            faults={all}
            onTried={(reply) => {
              setTried(true)
              setRefused(reply)
            }}
          />
        )
      }
    >
      <nav class="editor-tabs" aria-label={t('editor.tabs')}>
        {EDITOR_TABS.map((one) => (
          <Link
            key={one}
            href={editorAddress(id, one)}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t(`editor.tab.${one}`)}
          </Link>
        ))}
      </nav>
      <EditorNotices editor={editor} faults={faults} refused={refused} />
      <fieldset class="editor-fields" disabled={!mayEdit}>
        {tab === 'design' && <DesignTab editor={editor} faults={faults} />}
        {tab === 'targeting' && (
          <TargetingTab editor={editor} refused={refused} isFixed={!mayEdit} />
        )}
        {tab === 'when' && <WhenTab editor={editor} faults={faults} />}
      </fieldset>
      {tab === 'results' && <ResultsTab experience={editor.base.value} />}
      {tab === 'history' && <HistoryTab editor={editor} mayEdit={mayEdit} />}
    </PageFrame>
  )
}
