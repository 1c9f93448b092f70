import type { FileImport } from '#protocol/imports.ts'
import { useWords } from '../../words.ts'
import { progressOf, type FeedState } from '../feed-model.ts'

interface FeedProgressProps {
  readonly state: FeedState
  readonly run: FileImport | undefined
}

/** How far it has come. */
export function FeedProgress({ state, run }: FeedProgressProps) {
  const { t } = useWords()
  const progress = state === 'running' ? progressOf(run) : undefined
  const text =
    progress === undefined
      ? t(state === 'running' ? 'feed.progress.open' : 'feed.progress.due')
      : t('feed.progress', progress)
  return (
    <div class="feed-progress">
      <p>{text}</p>
      <progress
        aria-label={text}
        {...(progress !== undefined && { value: progress.done, max: Math.max(1, progress.total) })}
      />
    </div>
  )
}
