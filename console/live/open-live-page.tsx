import { findShop } from '../account/find-shop.ts'
import { readAccount, spendLink } from '../account/requests.ts'
import type { SignInModel } from '../account/sign-in-model.ts'
import { takeLinkToken } from '../link-token.ts'
import type { Words } from '../words.ts'
import { connectLive } from './connection.ts'
import { eventName } from './event-name.ts'
import { createLiveModel } from './model.ts'
import { LivePage } from './page.tsx'

interface LivePageDeps {
  readonly words: Words
  readonly signIn: SignInModel
  readonly signOut: () => Promise<boolean>
}

/** The live page by itself, without the rest of the console. */
export function openLivePage({ words, signIn, signOut }: LivePageDeps) {
  const wantedShop = new URLSearchParams(location.search).get('shop')
  const model = createLiveModel({
    linkToken: takeLinkToken({ survivesReload: false }),
    now: Date.now,
    nameOf: (event) => eventName(event, words),
    spendLink,
    findShop: () => findShop(readAccount, wantedShop),
    connect: connectLive,
    every,
  })
  void model.open()
  return <LivePage model={model} signIn={signIn} signOut={signOut} />
}

/** Runs `act` again and again; returns `stop`. */
export function every(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds)
  return () => clearInterval(timer)
}
