import type { ExperienceState } from '#protocol/experiences.ts'
import { EXPERIENCES_PATH } from '#protocol/names.ts'
import type { Refused } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import type { EditorModel } from '../editor-model.ts'
import type { Fault } from '../faults.ts'
import { replaceExperience } from '../requests.ts'
import { PreviewLink } from './preview-link.tsx'

interface EditorActionsProps {
  readonly editor: EditorModel
  readonly faults: readonly Fault[]
  /** Something was to be saved; with why it was not. */
  readonly onTried: (refused: Refused | undefined) => void
}

/** Undo and redo, a look at it on the shop, and what makes it so for everybody. */
export function EditorActions({ editor, faults, onTried }: EditorActionsProps) {
  const { t } = useWords()
  const saving = useChanging(replaceExperience, { renews: [EXPERIENCES_PATH] })
  const { id, version, state } = editor.base.value
  const isRunning = state === 'active'

  async function save(to: ExperienceState): Promise<void> {
    if (faults.length > 0) return onTried(undefined)
    const draft = { ...editor.draft.value, state: to }
    const reply = await saving.run({ id, version, draft })
    onTried(reply.refusal === undefined ? undefined : reply)
    if (reply.refusal !== undefined) return
    if (editor.draft.value.state !== to) editor.change({ state: to })
    editor.saved(reply.value)
    say(t(messageOf(to, isRunning)))
  }

  return (
    <>
      <Button
        kind="quiet"
        icon="undo"
        name={t('editor.undo')}
        isDisabled={!editor.canUndo.value}
        onClick={editor.undo}
      />
      <Button
        kind="quiet"
        icon="redo"
        name={t('editor.redo')}
        isDisabled={!editor.canRedo.value}
        onClick={editor.redo}
      />
      <PreviewLink editor={editor} />
      {isRunning ? (
        <>
          <Button isBusy={saving.isBusy} onClick={() => void save('paused')}>
            {t('experience.pause')}
          </Button>
          <Button
            kind="primary"
            isBusy={saving.isBusy}
            isDisabled={!editor.isDirty.value}
            onClick={() => void save('active')}
          >
            {t('editor.publish')}
          </Button>
        </>
      ) : (
        <>
          <Button
            isBusy={saving.isBusy}
            isDisabled={!editor.isDirty.value}
            onClick={() => void save(editor.draft.value.state)}
          >
            {t('editor.save')}
          </Button>
          <Button kind="primary" isBusy={saving.isBusy} onClick={() => void save('active')}>
            {t('experience.activate')}
          </Button>
        </>
      )}
    </>
  )
}

function messageOf(to: ExperienceState, wasRunning: boolean) {
  if (to === 'active') return wasRunning ? 'editor.published' : 'editor.activated'
  return to === 'paused' && wasRunning ? 'editor.paused' : 'editor.saved'
}
