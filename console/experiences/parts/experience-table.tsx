import { useState } from 'preact/hooks'
import type { ExperienceFigures } from '#protocol/experience-management.ts'
import type { Experience } from '#protocol/experiences.ts'
import { EXPERIENCES_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { inOrder, movedPriorities } from '../list-model.ts'
import { prioritise } from '../requests.ts'
import { ExperienceRow } from './experience-row.tsx'

interface ExperienceTableProps {
  /** Those that are listed, in order. */
  readonly experiences: readonly Experience[]
  /** Every one there is: moving one may move others. */
  readonly all: readonly Experience[]
  /** Undefined: they are on their way. */
  readonly figures: readonly ExperienceFigures[] | undefined
  /** The figures' days. */
  readonly days: number
}

/** Who goes first, stands first; they are moved by their handles. On phones each row is a card. */
export function ExperienceTable({ experiences, all, figures, days }: ExperienceTableProps) {
  const words = useWords()
  const { t, number } = words
  const { may } = useSession()
  const [moved, setMoved] = useState('')
  const ordering = useChanging(prioritise, { renews: [EXPERIENCES_PATH] })
  const mayEdit = may('experiences', 'edit')

  /** `to`: a place among those that are listed. */
  async function move(id: string, to: number): Promise<void> {
    const name = experiences.find((one) => one.id === id)?.name ?? ''
    const others = experiences.filter((one) => one.id !== id)
    const place = Math.min(Math.max(to, 0), others.length)
    if (experiences[place]?.id === id) return
    const ordered = inOrder(all)
    const before = ordered.filter((one) => one.id !== id)
    const next = others[place]
    const last = others.at(-1)
    const among =
      next === undefined ? before.findIndex((one) => one.id === last?.id) + 1 : before.indexOf(next)
    const items = movedPriorities(ordered, id, among)
    if (items.length === 0) return
    const reply = await ordering.run({ items: [...items] })
    if (reply.refusal !== undefined) return say(refusalText(reply, words))
    setMoved(t('experience.moved', { name, place: place + 1, of: experiences.length }))
  }

  return (
    <>
      <table class="table experience-table" aria-label={t('experience.title')}>
        <thead>
          <tr>
            <th scope="col">{t('experience.column.name')}</th>
            <th scope="col">{t('experience.column.state')}</th>
            <th scope="col" class="at-end" title={t('experience.column.days', { n: days })}>
              {t('experience.column.impressions')}
            </th>
            <th scope="col" class="at-end" title={t('experience.column.days', { n: days })}>
              {t('experience.column.clicks')}
            </th>
            <th scope="col" class="at-end" title={t('experience.column.days', { n: days })}>
              {t('experience.column.conversions')}
            </th>
            {mayEdit && (
              <th scope="col" class="at-end">
                <span class="visually-hidden">{t('ui.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {experiences.map((experience, at) => (
            <ExperienceRow
              key={experience.id}
              experience={experience}
              taken={all.map(({ key }) => key)}
              at={at}
              figures={
                figures && (figures.find((one) => one.experienceId === experience.id) ?? NONE)
              }
              mayEdit={mayEdit}
              onMove={(id, to) => void move(id, to)}
            />
          ))}
        </tbody>
      </table>
      <p class="experience-foot">{t('experience.foot', { n: number(days) })}</p>
      <output class="visually-hidden">{moved}</output>
    </>
  )
}

const NONE = { impressions: 0, clicks: 0, submissions: 0, conversions: 0 }
