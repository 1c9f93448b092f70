import type { LiveModel } from '../model.ts'
import '../live.css'
import { Closed } from './closed.tsx'
import { EventList } from './event-list.tsx'
import { Experiences } from './experiences.tsx'
import { Figures } from './figures.tsx'
import { OriginsNote } from './origins-note.tsx'

/** What the live page shows, wherever it is shown. */
export function LiveParts({ model }: { readonly model: LiveModel }) {
  const phase = model.phase.value
  if (phase === 'link_spent' || phase === 'forbidden' || phase === 'failed') {
    return <Closed why={phase} onRetry={model.retry} />
  }
  return (
    <>
      <Figures model={model} />
      <Experiences model={model} />
      <EventList model={model} />
      {model.acceptsAnyOrigin.value && <OriginsNote />}
    </>
  )
}
