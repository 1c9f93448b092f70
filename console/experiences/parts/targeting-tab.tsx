import type { Refused } from '../../api.ts'
import { TargetingEditor } from '../../targeting/targeting-editor.tsx'
import { useWords } from '../../words.ts'
import type { EditorModel } from '../editor-model.ts'

interface TargetingTabProps {
  readonly editor: EditorModel
  readonly refused: Refused | undefined
  readonly isFixed: boolean
}

/** Who it is for; when on the page they see it is another matter. */
export function TargetingTab({ editor, refused, isFixed }: TargetingTabProps) {
  const { t } = useWords()
  return (
    <section class="editor-column" aria-label={t('editor.tab.targeting')}>
      <p class="editor-hint">{t('editor.targeting.hint')}</p>
      <TargetingEditor
        about="visit"
        value={editor.draft.value.targeting}
        onChange={(targeting) => editor.change({ targeting }, 'targeting')}
        refused={refused}
        isFixed={isFixed}
      />
    </section>
  )
}
