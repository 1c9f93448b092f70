import type { Experience, ExperienceState } from '#protocol/experiences.ts'
import { EXPERIENCES_PATH } from '#protocol/names.ts'
import { change, read } from '../../api.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { editorAddress } from '../addresses.ts'
import { copyOf, draftOf } from '../draft-of.ts'
import { createExperience, experiencePath, replaceExperience } from '../requests.ts'

interface ExperienceMenuProps {
  readonly experience: Experience
  /** Keys of experiences that there are. */
  readonly taken: readonly string[]
}

interface Move {
  readonly to: ExperienceState
  readonly from: ExperienceState
}

/** What is done with an experience from the list; each is taken back by one press. */
export function ExperienceMenu({ experience, taken }: ExperienceMenuProps) {
  const words = useWords()
  const { t } = words
  const { id, name, state } = experience
  const renews = { renews: [EXPERIENCES_PATH] }
  // Undone later, it is read anew: what else was changed meanwhile must stay.
  const moving = useChanging(async (to: ExperienceState) => {
    const now = await read<Experience>(experiencePath(id))
    if (now.refusal !== undefined) return now
    const { version } = now.value
    return replaceExperience({ id, version, draft: { ...draftOf(now.value), state: to } })
  }, renews)
  const copying = useChanging(createExperience, renews)
  const removing = useChanging((of: string) => change('DELETE', experiencePath(of)), renews)

  async function move({ to, from }: Move): Promise<void> {
    const reply = await moving.run(to)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    const message = t(`experience.became.${to}`, { name })
    say(message, { undo: () => void move({ to: from, from: to }) })
  }

  async function duplicate(): Promise<void> {
    const copy = copyOf(experience, { name: t('experience.copy_name', { name }), taken })
    const reply = await copying.run(copy)
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    say(t('experience.copied', { name }), { undo: () => void removing.run(reply.value.id) })
  }

  const item = (to: ExperienceState, label: Parameters<typeof t>[0]): MenuItem => ({
    key: to,
    label: t(label),
    onSelect: () => void move({ to, from: state }),
  })
  const isOver = state === 'archived' || state === 'ended'
  return (
    <Menu
      class="button button-quiet"
      label={<Icon name="more" />}
      name={t('experience.actions', { name })}
      items={[
        {
          key: 'edit',
          label: t('experience.edit'),
          onSelect: () => navigate(editorAddress(id)),
        },
        ...(state === 'active' ? [item('paused', 'experience.pause')] : []),
        ...(state === 'draft' || state === 'paused' ? [item('active', 'experience.activate')] : []),
        ...(isOver ? [item('draft', 'experience.make_draft')] : []),
        { key: 'copy', label: t('experience.duplicate'), onSelect: () => void duplicate() },
        {
          key: 'results',
          label: t('experience.results'),
          onSelect: () => navigate(editorAddress(id, 'results')),
        },
        ...(state === 'archived'
          ? []
          : [{ ...item('archived', 'experience.archive'), isApart: true }]),
      ]}
    />
  )
}
