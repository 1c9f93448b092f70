import { useWords } from '../words.ts'
import type { LiveModel } from './model.ts'
import { Closed } from './parts/closed.tsx'
import { EventList } from './parts/event-list.tsx'
import { Experiences } from './parts/experiences.tsx'
import { Figures } from './parts/figures.tsx'
import { Header } from './parts/header.tsx'
import { OriginsNote } from './parts/origins-note.tsx'

export function LivePage({ model }: { model: LiveModel }) {
  const { t } = useWords()
  const phase = model.phase.value
  const isClosed = phase === 'link_spent' || phase === 'signed_out' || phase === 'failed'
  return (
    <>
      <Header model={model} />
      <main class="page">
        <h1 class="visually-hidden">{t('live.title')}</h1>
        {isClosed ? (
          <Closed why={phase} onRetry={model.retry} />
        ) : (
          <>
            <Figures model={model} />
            <Experiences model={model} />
            <EventList model={model} />
            {model.acceptsAnyOrigin.value && <OriginsNote />}
          </>
        )}
      </main>
    </>
  )
}
