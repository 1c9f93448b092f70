import { useEffect } from 'preact/hooks'
import { ShopsPage } from '../account/shops-page.tsx'
import type { SignInModel } from '../account/sign-in-model.ts'
import { SignInPage } from '../account/sign-in-page.tsx'
import { useWords } from '../words.ts'
import type { LiveModel } from './model.ts'
import { Header } from './parts/header.tsx'
import { LiveParts } from './parts/live-parts.tsx'

interface LivePageProps {
  readonly model: LiveModel
  /** For whoever is not signed in. */
  readonly signIn: SignInModel
  readonly signOut: () => Promise<boolean>
}

export function LivePage({ model, signIn, signOut }: LivePageProps) {
  const phase = model.phase.value
  if (phase === 'signed_out') return <SignInPage model={signIn} />
  if (phase === 'choosing') {
    return <ShopsPage shops={model.shops.value ?? []} gone={undefined} signOut={signOut} />
  }
  return <Live model={model} signOut={signOut} />
}

function Live({ model, signOut }: Pick<LivePageProps, 'model' | 'signOut'>) {
  const { t } = useWords()
  const title = t('live.title')
  useEffect(() => {
    document.title = `${title} · Granplaza`
  }, [title])
  return (
    <>
      <Header model={model} signOut={signOut} />
      <main class="page">
        <h1 class="visually-hidden">{title}</h1>
        <LiveParts model={model} />
      </main>
    </>
  )
}
