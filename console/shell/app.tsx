import { QueryClientProvider, type QueryClient } from '@tanstack/preact-query'
import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { LIVE_PAGE_PATH } from '#protocol/names.ts'
import { ShopsPage } from '../account/shops-page.tsx'
import type { SignInModel } from '../account/sign-in-model.ts'
import { SignInPage } from '../account/sign-in-page.tsx'
import { GateContext } from '../gate.ts'
import { route } from '../router.ts'
import { SessionContext } from '../session.ts'
import { useWords } from '../words.ts'
import type { AppModel } from './app-model.ts'
import { Shell } from './shell.tsx'

interface AppProps {
  readonly model: AppModel
  readonly queries: QueryClient
  /** For whoever is not signed in; afterwards they are where they wanted to be. */
  readonly signIn: SignInModel
  readonly signOut: () => Promise<boolean>
  /** For sessions without an account. */
  readonly livePageAlone: () => Promise<JSX.Element>
}

/** Everything below `/console` but the pages that links open. */
export function App({ model, queries, signIn, signOut, livePageAlone }: AppProps) {
  const phase = model.phase.value
  const session = model.session.value
  if (phase === 'signed_out' && route.value.path === LIVE_PAGE_PATH) {
    return <Awaited load={livePageAlone} />
  }
  if (phase === 'signed_out') return <SignInPage model={signIn} />
  if (phase === 'choosing') {
    return (
      <ShopsPage
        shops={model.account.value?.shops ?? []}
        gone={model.goneShop.value}
        signOut={signOut}
      />
    )
  }
  if (session === undefined) return <Unopened model={model} />
  return (
    <QueryClientProvider client={queries}>
      <GateContext.Provider value={model}>
        <SessionContext.Provider value={session}>
          <Shell model={model} signOut={signOut} />
        </SessionContext.Provider>
      </GateContext.Provider>
    </QueryClientProvider>
  )
}

function Awaited({ load }: { readonly load: () => Promise<JSX.Element> }) {
  const [page, setPage] = useState<JSX.Element | undefined>(undefined)
  useEffect(() => void load().then(setPage), [load])
  return page ?? <main class="entry" aria-busy="true" />
}

function Unopened({ model }: { readonly model: AppModel }) {
  const { t } = useWords()
  if (model.phase.value === 'opening') return <main class="entry" aria-busy="true" />
  return (
    <main class="notice">
      <h1>{t('failed.title')}</h1>
      <p role="alert">{t('failed.text')}</p>
      <button type="button" class="button button-primary" onClick={() => void model.open()}>
        {t('failed.retry')}
      </button>
    </main>
  )
}
