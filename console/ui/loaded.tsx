import type { ComponentChildren } from 'preact'
import type { Reading } from '../queries.ts'
import { refusalText } from '../refusals.ts'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { Skeleton } from './skeleton.tsx'

interface LoadedProps<Value> {
  readonly reading: Reading<Value>
  /** Of the skeleton: as many as the page will roughly have. */
  readonly rows: number
  readonly children: (value: Value) => ComponentChildren
}

/** What was read; until then its skeleton, or why it could not be read and how to try again. */
export function Loaded<Value>({ reading, rows, children }: LoadedProps<Value>) {
  const words = useWords()
  const { value, refused, again } = reading
  if (value !== undefined) return <>{children(value)}</>
  if (refused === undefined) return <Skeleton rows={rows} />
  return (
    <Notice
      tone="bad"
      title={words.t('ui.not_read')}
      action={<Button onClick={again}>{words.t('ui.try_again')}</Button>}
    >
      <p>{refusalText(refused, words)}</p>
    </Notice>
  )
}
