import type { LiveExperience } from '#protocol/sockets.ts'
import type { MessageKey } from '../../messages/en.ts'
import { useWords } from '../../words.ts'
import type { LiveModel } from '../model.ts'

type Figure = Exclude<keyof LiveExperience, 'id' | 'name'>

const FIGURES: readonly (readonly [Figure, MessageKey])[] = [
  ['impressions', 'experiences.impressions'],
  ['clicks', 'experiences.clicks'],
  ['closes', 'experiences.closes'],
  ['submissions', 'experiences.submissions'],
  ['conversions', 'experiences.conversions'],
]

/** What visitors were shown today, and what came of it. A shop without experiences sees nothing of this. */
export function Experiences({ model }: { model: LiveModel }) {
  const { t, number } = useWords()
  const { experiences } = model.counts.value
  if (experiences.length === 0) return null
  return (
    <section class="experiences" aria-labelledby="experiences-title">
      <h2 id="experiences-title" class="experiences-title">
        {t('experiences.title')}
      </h2>
      <table class="experiences-table">
        <thead>
          <tr>
            <th scope="col">{t('experiences.name')}</th>
            {FIGURES.map(([figure, label]) => (
              <th scope="col" key={figure}>
                {t(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {experiences.map((experience) => (
            <tr key={experience.id}>
              <th scope="row">{experience.name}</th>
              {FIGURES.map(([figure, label]) => (
                <td key={figure} data-label={t(label)} data-none={experience[figure] === 0}>
                  {number(experience[figure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
