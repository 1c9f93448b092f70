import type { ShopMember } from '#protocol/account.ts'
import type { ExperienceVersion, WholeExperienceVersion } from '#protocol/experience-management.ts'
import { MEMBERS_PATH } from '#protocol/names.ts'
import { read } from '../../api.ts'
import { useChanging, useListing, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { MoreButton } from '../../settings/parts/more-button.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { editorAddress } from '../addresses.ts'
import type { EditorModel } from '../editor-model.ts'
import { changedWords } from '../changed-words.ts'
import { experiencePath } from '../requests.ts'

interface HistoryTabProps {
  readonly editor: EditorModel
  readonly mayEdit: boolean
}

/** Who changed what, and each version to go back to. */
export function HistoryTab({ editor, mayEdit }: HistoryTabProps) {
  const words = useWords()
  const { t } = words
  const { may } = useSession()
  const { id, version } = editor.base.value
  const versions = useListing<ExperienceVersion>(`${experiencePath(id)}/versions`)
  const members = useReading<{ items: readonly ShopMember[] }>(
    may('members', 'read') ? MEMBERS_PATH : undefined,
  )
  const reading = useChanging((number: number) =>
    read<WholeExperienceVersion>(`${experiencePath(id)}/versions/${number}`),
  )

  /** Into the editor, where it is looked at before it is saved; whether it runs stays as it is. */
  async function restore(number: number): Promise<void> {
    const reply = await reading.run(number)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    const { state } = editor.draft.value
    editor.change({ ...reply.value.experience, state })
    navigate(editorAddress(id))
    say(t('history.restored', { n: number }), { undo: editor.undo })
  }

  function whoOf({ by }: ExperienceVersion): string {
    if (by === null) return t('history.by_nobody')
    if (by.kind === 'key') return t('history.by_key', { ending: by.name })
    if (by.kind === 'command') return t('history.by_command')
    return (
      members.value?.items.find((member) => member.id === by.name)?.name ?? t('history.by_member')
    )
  }

  return (
    <section class="editor-column" aria-label={t('editor.tab.history')}>
      <p class="editor-hint">{t('history.text')}</p>
      <Loaded reading={versions} rows={5}>
        {(items) =>
          items.length === 0 ? (
            <p>{t('history.empty')}</p>
          ) : (
            <ol class="versions">
              {items.map((one) => (
                <li key={one.number}>
                  <div class="version-words">
                    <p>
                      <strong>{t('history.version', { n: one.number })}</strong>{' '}
                      {one.number === version && <Badge>{t('history.current')}</Badge>}
                    </p>
                    <p>{changedWords(one, words)}</p>
                    <p class="version-who">
                      {whoOf(one)}, <Ago at={one.at} />
                    </p>
                  </div>
                  {mayEdit && one.number !== version && (
                    <Button isBusy={reading.isBusy} onClick={() => void restore(one.number)}>
                      {t('history.restore')}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      <MoreButton listing={versions} />
    </section>
  )
}
