import { StateMark } from '../../settings/parts/state-mark.tsx'
import { useWords } from '../../words.ts'
import type { FeedState } from '../feed-model.ts'

const TONES = {
  due: 'warn',
  running: 'warn',
  off: 'still',
  failed: 'bad',
  shrunk: 'warn',
  good: 'good',
} as const

export function FeedStateMark({ state }: { readonly state: FeedState }) {
  const { t } = useWords()
  return <StateMark tone={TONES[state]} text={t(`feed.state.${state}`)} />
}
