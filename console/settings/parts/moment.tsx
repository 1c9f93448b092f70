import { useWords } from '../../words.ts'
import { useNow } from '../../clock.ts'

/** When something was, as one would say it; the exact time for whoever points at it. */
export function Moment({ at }: { readonly at: number }) {
  const { ago, exactly } = useWords()
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {ago(at, now)}
    </time>
  )
}
