import type { Experience } from '#protocol/experiences.ts'
import { useNow } from '../../clock.ts'
import { useWords } from '../../words.ts'
import { shownState } from '../list-model.ts'

/** In words, with one small mark. */
export function ExperienceState({
  experience,
}: {
  readonly experience: Pick<Experience, 'state' | 'startsAt'>
}) {
  const { t } = useWords()
  const state = shownState(experience, useNow())
  return (
    <span class="experience-state" data-state={state}>
      {t(`experience.state.${state}`)}
    </span>
  )
}
