import { useEffect } from 'preact/hooks'
import { ShopsPage } from '../account/shops-page.tsx'
import type { SignInModel } from '../account/sign-in-model.ts'
import { SignInPage } from '../account/sign-in-page.tsx'
import { useWords } from '../words.ts'
import type { LiveModel } from './model.ts'
import { Closed } from './parts/closed.tsx'
import { EventList } from './parts/event-list.tsx'
import { Experiences } from './parts/experiences.tsx'
import { Figures } from './parts/figures.tsx'
import { Header } from './parts/header.tsx'
import { OriginsNote } from './parts/origins-note.tsx'

interface LivePageProps {
  readonly model: LiveModel
  /** For whoever is not signed in. */
  readonly signIn: SignInModel
  readonly signOut: () => Promise<boolean>
}

export function LivePage({ model, signIn, signOut }: LivePageProps) {
  const phase = model.phase.value
  if (phase === 'signed_out') return <SignInPage model={signIn} />
  if (phase === 'choosing') return <ShopsPage shops={model.shops.value ?? []} signOut={signOut} />
  return <Live model={model} signOut={signOut} />
}

function Live({ model, signOut }: Pick<LivePageProps, 'model' | 'signOut'>) {
  const { t } = useWords()
  const title = t('live.title')
  const phase = model.phase.value
  const isClosed = phase === 'link_spent' || phase === 'forbidden' || phase === 'failed'
  useEffect(() => {
    document.title = `${title} · Granplaza`
  }, [title])
  return (
    <>
      <Header model={model} signOut={signOut} />
      <main class="page">
        <h1 class="visually-hidden">{title}</h1>
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
