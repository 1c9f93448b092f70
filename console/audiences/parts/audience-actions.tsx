import { useEffect, useRef, useState } from 'preact/hooks'
import type { Audience } from '#protocol/audiences.ts'
import { AUDIENCE_GROWTH_PATH, AUDIENCES_PATH } from '#protocol/names.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { audienceAddress, audiencePath, AUDIENCES_PAGE_PATH } from '../addresses.ts'
import { archiveAudience, makeAudience, removeAudience } from '../requests.ts'
import { freeName } from '../used-by.ts'
import { UsedBy } from './used-by-section.tsx'

interface AudienceActionsProps {
  readonly audience: Audience
  readonly isInList?: boolean
}

/** Duplicates it, or puts it away, which can be taken back; what is put away can be removed. */
export function AudienceActions({ audience, isInList = false }: AudienceActionsProps) {
  const words = useWords()
  const { t } = words
  const { id, name, condition, isTold } = audience
  const renews = [AUDIENCES_PATH, AUDIENCE_GROWTH_PATH, audiencePath(id)]
  const [isAskedFor, setAskedFor] = useState(false)
  const all = useReading<{ readonly items: readonly Audience[] }>(AUDIENCES_PATH)
  const making = useChanging(makeAudience, { renews })
  const archiving = useChanging(archiveAudience, { renews })
  const removing = useChanging(removeAudience, { renews })
  // Undoing comes later: by then it asks as the page does then.
  const makeRef = useRef(making.run)
  const archiveRef = useRef(archiving.run)
  useEffect(() => {
    makeRef.current = making.run
    archiveRef.current = archiving.run
  })

  async function duplicate(): Promise<void> {
    const taken = all.value?.items.map((it) => it.name) ?? []
    const reply = await making.run({ name: freeName(name, taken), condition, isTold: false })
    if (reply.refusal !== undefined) say(refusalText(reply, words))
    else navigate(audienceAddress(reply.value.id))
  }

  async function archive(): Promise<void> {
    const reply = await archiving.run({ id, isArchived: true })
    if (reply.refusal === 'conflict') {
      setAskedFor(true)
      return
    }
    if (reply.refusal !== undefined) {
      say(refusalText(reply, words))
      return
    }
    if (!isInList) navigate(AUDIENCES_PAGE_PATH, { replace: true })
    say(t('audience.archived', { name }), { undo: () => void restore() })
  }

  async function restore(): Promise<void> {
    const reply = await archiveRef.current({ id, isArchived: false })
    say(
      reply.refusal === undefined ? t('audience.unarchived', { name }) : refusalText(reply, words),
    )
  }

  /** One that is made anew is worked out anew: nobody is left out who belongs to it. */
  async function putBack(): Promise<void> {
    const reply = await makeRef.current({ name, condition, isTold })
    say(reply.refusal === undefined ? t('audience.put_back', { name }) : refusalText(reply, words))
  }

  async function remove(): Promise<void> {
    const reply = await removing.run(id)
    if (reply.refusal === 'conflict') {
      setAskedFor(true)
      return
    }
    if (reply.refusal !== undefined && reply.refusal !== 'not_found') {
      say(refusalText(reply, words))
      return
    }
    if (!isInList) navigate(AUDIENCES_PAGE_PATH, { replace: true })
    say(t('audience.removed', { name }), { undo: () => void putBack() })
  }

  return (
    <>
      <Menu
        class={isInList ? 'button button-quiet' : 'button'}
        label={<Icon name="more" />}
        name={t('audience.menu', { name })}
        items={[
          {
            key: 'duplicate',
            label: t('audience.duplicate'),
            icon: 'copy',
            onSelect: () => void duplicate(),
          },
          ...(audience.isArchived
            ? [
                {
                  key: 'restore',
                  label: t('audience.restore'),
                  icon: 'undo' as const,
                  onSelect: () => void restore(),
                },
                {
                  key: 'remove',
                  label: t('audience.remove'),
                  icon: 'trash' as const,
                  isApart: true,
                  isDangerous: true,
                  onSelect: () => void remove(),
                },
              ]
            : [
                {
                  key: 'archive',
                  label: t('audience.archive'),
                  icon: 'box' as const,
                  isApart: true,
                  onSelect: () => void archive(),
                },
              ]),
        ]}
      />
      {isAskedFor && (
        <Dialog
          title={t('audience.asked_for', { name })}
          isOpen
          onClose={() => setAskedFor(false)}
          actions={<Button onClick={() => setAskedFor(false)}>{t('ui.close')}</Button>}
        >
          <p>{t('audience.asked_for.text')}</p>
          <UsedBy id={id} />
        </Dialog>
      )}
    </>
  )
}
