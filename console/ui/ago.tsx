import { useNow } from '../clock.ts'
import { useWords } from '../words.ts'

/** How long ago it was; the exact time on hover. */
export function Ago({ at }: { readonly at: number }) {
  const { ago, exactly } = useWords()
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
      {ago(at, useNow())}
    </time>
  )
}
