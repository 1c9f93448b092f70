import { useState } from 'preact/hooks'
import type { Experience } from '#protocol/experiences.ts'
import { read, type Refused } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Ago } from '../../ui/ago.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'
import type { EditorModel } from '../editor-model.ts'
import type { Fault } from '../faults.ts'
import { faultPlace } from '../fault-place.ts'
import { experiencePath } from '../requests.ts'

interface EditorNoticesProps {
  readonly editor: EditorModel
  readonly faults: readonly Fault[]
  readonly refused: Refused | undefined
}

/** What stands between the draft and the server. */
export function EditorNotices({ editor, faults, refused }: EditorNoticesProps) {
  const words = useWords()
  const { t } = words
  const keptAt = editor.keptAt.value
  return (
    <div class="editor-notices">
      {keptAt !== undefined && editor.isDirty.value && (
        <Notice
          tone="note"
          title={t('editor.kept.title')}
          action={<Button onClick={editor.discard}>{t('editor.kept.discard')}</Button>}
        >
          <p>
            {t('editor.kept.text')} <Ago at={keptAt} />
          </p>
        </Notice>
      )}
      {refused?.refusal === 'conflict' && <Conflict editor={editor} refused={refused} />}
      {refused !== undefined && refused.refusal !== 'conflict' && editor.isDirty.value && (
        <Notice tone="bad" title={t('editor.not_saved')}>
          <p>{refusalText(refused, words)}</p>
          {refused.refusal === 'bad_request' && <p class="editor-detail">{refused.detail}</p>}
        </Notice>
      )}
      {faults.length > 0 && (
        <Notice tone="bad" title={t('editor.faults', { n: faults.length })}>
          <ul class="editor-faults">
            {faults.map((fault) => (
              <li key={fault.at + fault.what}>
                {faultPlace(fault.at, editor.draft.value, words)}:{' '}
                {t(`fault.experience.${fault.what}`)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

/** Somebody else was quicker; nobody's work is lost unseen. */
function Conflict({
  editor,
  refused,
}: {
  readonly editor: EditorModel
  readonly refused: Refused
}) {
  const { t } = useWords()
  const { id, version } = editor.base.value
  const [isSettled, setSettled] = useState(false)
  const reading = useChanging(() => read<Experience>(experiencePath(id)))

  async function settle(how: 'takeTheirs' | 'keepOurs'): Promise<void> {
    const reply = await reading.run(undefined)
    if (reply.refusal !== undefined) return
    editor[how](reply.value)
    setSettled(true)
  }

  if (isSettled) return null
  // The key is another experience's: no version lies between.
  if (refused.detail.includes('“')) {
    return <Notice tone="bad" title={t('editor.key_taken')} />
  }
  return (
    <Notice
      tone="warn"
      title={t('editor.conflict.title')}
      action={
        <>
          <Button isBusy={reading.isBusy} onClick={() => void settle('takeTheirs')}>
            {t('editor.conflict.theirs')}
          </Button>
          <Button isBusy={reading.isBusy} onClick={() => void settle('keepOurs')}>
            {t('editor.conflict.ours')}
          </Button>
        </>
      }
    >
      <p>{t('editor.conflict.text', { n: version })}</p>
    </Notice>
  )
}
