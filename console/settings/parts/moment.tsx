import { useWords } from '../../words.ts'
import { useNow } from '../../clock.ts'

interface MomentProps {
  readonly at: number
}

/** When something was, as one would say it; the exact time for whoever points at it. */
export function Moment({ at }: MomentProps) {
  const { ago, exactly } = useWords()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {ago(at, now)}
    </time>
  )
}

/** When something will be. */
export function MomentAhead({ at }: MomentProps) {
  const { ahead, exactly } = useWords()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {ahead(at, now)}
    </time>
  )
}
