import type { ExperienceFigures } from '#protocol/experience-management.ts'
import type { Experience } from '#protocol/experiences.ts'
import { targetingInWords } from '../../targeting/in-words.ts'
import { useTargetingNames } from '../../targeting/targeting-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { stepOf, useSortable } from '../../ui/sortable.ts'
import { useWords } from '../../words.ts'
import { editorAddress } from '../addresses.ts'
import { ExperienceMenu } from './experience-menu.tsx'
import { ExperienceState } from './experience-state.tsx'

interface ExperienceRowProps {
  readonly experience: Experience
  readonly taken: readonly string[]
  readonly at: number
  readonly figures:
    | Pick<ExperienceFigures, 'impressions' | 'clicks' | 'conversions' | 'submissions'>
    | undefined
  readonly mayEdit: boolean
  readonly onMove: (id: string, to: number) => void
}

export function ExperienceRow(props: ExperienceRowProps) {
  const { experience, taken, at, figures, mayEdit, onMove } = props
  const words = useWords()
  const { t, number } = words
  const { id, name, content, targeting } = experience
  const { rowRef, handleRef, edge, isHeld } = useSortable<HTMLTableRowElement, HTMLButtonElement>({
    list: 'experiences',
    id,
    at,
    isFixed: !mayEdit,
    onDrop: onMove,
  })
  const figure = (value: number | undefined) => (value === undefined ? '' : number(value))
  return (
    <tr ref={rowRef} data-edge={edge} data-held={isHeld ? '' : undefined}>
      <td class="is-main">
        <div class="experience-who">
          {mayEdit && (
            <button
              type="button"
              class="grip"
              ref={handleRef}
              aria-label={t('experience.move', { name })}
              title={t('experience.move.hint')}
              onKeyDown={(event) => {
                const step = stepOf(event.key)
                if (step === undefined) return
                event.preventDefault()
                onMove(id, at + step)
              }}
            >
              <Icon name="grip" />
            </button>
          )}
          <div class="experience-words">
            <Link href={editorAddress(id)} class="experience-name">
              {name}
            </Link>
            <p class="experience-note">
              <span>{t(`experience.layout.${content.layout.kind}`)}</span>
              {' · '}
              {targetingInWords(targeting, words, useTargetingNames())}
            </p>
          </div>
        </div>
      </td>
      <td data-title={t('experience.column.state')}>
        <ExperienceState experience={experience} />
      </td>
      <td class="at-end" data-title={t('experience.column.impressions')}>
        {figure(figures?.impressions)}
      </td>
      <td class="at-end" data-title={t('experience.column.clicks')}>
        {figure(figures === undefined ? undefined : figures.clicks + figures.submissions)}
      </td>
      <td class="at-end" data-title={t('experience.column.conversions')}>
        {figure(figures?.conversions)}
      </td>
      {mayEdit && (
        <td class="at-end" data-title="">
          <ExperienceMenu experience={experience} taken={taken} />
        </td>
      )}
    </tr>
  )
}
