import type { Audience } from '#protocol/audiences.ts'
import { useWords } from '../../words.ts'

/** How many are in it, and, while it is being worked out, how far that is. */
export function AudienceState({ audience }: { readonly audience: Audience }) {
  const { t, number } = useWords()
  const { members, state, progress } = audience
  const { done, total } = progress
  return (
    <div class="audience-state">
      <p class="audience-size">
        <strong>{number(members)}</strong> {t('audience.members.unit', { n: members })}
      </p>
      {state === 'computing' && (
        <div class="audience-progress">
          <progress max={Math.max(1, total)} value={done} aria-label={t('audience.computing')} />
          <p>{t('audience.computing.of', { done: number(done), n: total })}</p>
        </div>
      )}
    </div>
  )
}
