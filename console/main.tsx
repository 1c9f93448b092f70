import { render } from 'preact'
import { ACCOUNT_LINK_PAGE_PATH, CONSOLE_PATH, LIVE_PAGE_PATH } from '#protocol/names.ts'
import { findShop } from './account/find-shop.ts'
import { createLinkModel } from './account/link-model.ts'
import { LinkPage } from './account/link-page.tsx'
import {
  acceptLink,
  askForReset,
  readAccount,
  readLink,
  signIn,
  signOut,
  spendLink,
} from './account/requests.ts'
import { createSignInModel, type SignInModel } from './account/sign-in-model.ts'
import { connectLive } from './live/connection.ts'
import { eventName } from './live/event-name.ts'
import { createLiveModel } from './live/model.ts'
import { LivePage } from './live/page.tsx'
import { takeLinkToken } from './link-token.ts'
import { createWords, WordsContext } from './words.ts'

const words = createWords(navigator.languages)
const root = document.getElementById('console')

/** A new page, so that nothing of who was here before stays in it. */
const openLive = () => location.replace(LIVE_PAGE_PATH + location.search)

function signInModel(onSignedIn: () => void, email?: string): SignInModel {
  const known = email === undefined ? {} : { email, isEmailFixed: true }
  return createSignInModel({ ...known, signIn, askForReset, onSignedIn })
}

/** Whether it was done; who was signed out before is it, too. */
async function leave(): Promise<boolean> {
  const { refusal } = await signOut()
  const isDone = refusal === undefined || refusal === 'sign_in'
  if (isDone) location.replace(CONSOLE_PATH)
  return isDone
}

function linkPage() {
  const token = takeLinkToken({ survivesReload: true })
  const model = createLinkModel({ token, readLink, acceptLink, readAccount, onSignedIn: openLive })
  const models = new Map<string | undefined, SignInModel>()
  /** Then the invitation can be accepted, by whoever it is for; after a reset there is nothing left but to go on. */
  const goOn = () => (model.link.value?.kind === 'reset' ? openLive() : void model.accept({}))
  const signInAs = (email: string | undefined) => {
    const known = models.get(email) ?? signInModel(goOn, email)
    models.set(email, known)
    return known
  }
  void model.open()
  return <LinkPage model={model} signInAs={signInAs} />
}

function livePage() {
  const wantedShop = new URLSearchParams(location.search).get('shop')
  const model = createLiveModel({
    linkToken: takeLinkToken({ survivesReload: false }),
    now: Date.now,
    nameOf: (event) => eventName(event, words),
    spendLink,
    findShop: () => findShop(readAccount, wantedShop),
    connect: connectLive,
    every(milliseconds, act) {
      const timer = setInterval(act, milliseconds)
      return () => clearInterval(timer)
    },
  })
  void model.open()
  return <LivePage model={model} signIn={signInModel(openLive)} signOut={leave} />
}

if (root !== null) {
  document.documentElement.lang = words.language
  // A link opened in a tab that already shows this page changes the fragment alone.
  addEventListener('hashchange', () => location.reload())
  const page = location.pathname === ACCOUNT_LINK_PAGE_PATH ? linkPage() : livePage()
  render(<WordsContext.Provider value={words}>{page}</WordsContext.Provider>, root)
}
