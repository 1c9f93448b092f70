import { effect } from '@preact/signals'
import { render, type JSX } from 'preact'
import './tokens.css'
import './base.css'
import './account/account.css'
import {
  ACCOUNT_LINK_PAGE_PATH,
  CONSOLE_PATH,
  DELETION_PAGE_PATH,
  HEALTH_PATH,
  LIVE_PAGE_PATH,
  PREVIEW_FRAME_PATH,
} from '#protocol/names.ts'
import { askForReset, readAccount, signIn, signOut } from './account/requests.ts'
import { createSignInModel, type SignInModel } from './account/sign-in-model.ts'
import { nameShop, read } from './api.ts'
import { createQueryClient, readRefusedAgain } from './queries.ts'
import { startRouting } from './router.ts'
import { createAppModel, type AppModel } from './shell/app-model.ts'
import { FIRST_RUN_PATH } from './first-run/addresses.ts'
import { App } from './shell/app.tsx'
import { createShopChoice, forgetShop } from './shell/shop-choice.ts'
import { createThemeChoice, ThemeContext } from './shell/theme.ts'
import { loadWords } from './spoken.ts'
import { preferredLanguages, WordsContext } from './words.ts'

/** On their way while the rest begins. */
const speaking = loadWords(preferredLanguages(localStorage, navigator.languages))
const root = document.getElementById('console')
const theme = createThemeChoice(localStorage, (chosen) => {
  document.documentElement.dataset.theme = chosen
})

/** A new document, so that nothing of who was here before stays in it. */
const openAnew = (path: string) => () => location.replace(path)

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

async function linkPage() {
  const { openLinkPage } = await import('./account/open-link-page.tsx')
  const enter = (path: string) => () => {
    forgetShop(sessionStorage, localStorage)
    location.replace(path)
  }
  return openLinkPage({
    signInModel,
    onSignedIn: enter(CONSOLE_PATH),
    onOwned: enter(FIRST_RUN_PATH),
  })
}

async function deletionPage() {
  const { openDeletionPage } = await import('./deletion/open-deletion-page.tsx')
  return openDeletionPage()
}

/** For whoever has a one-time link, or came by one: they have no account, and see this page alone. */
async function livePageAlone() {
  const { openLivePage } = await import('./live/open-live-page.tsx')
  const words = await speaking
  const onSignedIn = openAnew(LIVE_PAGE_PATH + location.search)
  return openLivePage({ words, signIn: signInModel(onSignedIn), signOut: leave })
}

/** The shop that the address names. The tab remembers it: named there, it would come back after every switch. */
function takeNamedShop(): string | null {
  const address = new URL(location.href)
  const named = address.searchParams.get('shop')
  address.searchParams.delete('shop')
  if (named !== null) history.replaceState(null, '', address)
  return named
}

/** The cookie is all tabs': who signs in at one of them is whom the server sees at the others. */
function watchMember({ account, missed }: AppModel): void {
  effect(() => {
    if (account.value !== undefined) localStorage.setItem(MEMBER, account.value.id)
  })
  addEventListener('storage', ({ key, newValue }) => {
    const isOther = newValue !== null && newValue !== account.peek()?.id
    if (key === MEMBER && isOther && account.peek() !== undefined) location.reload()
  })
  // Of another browser's doing, or of a page that was asleep, no tab is told.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && account.peek() !== undefined) missed()
  })
}

const MEMBER = 'gp.console.member'

function app() {
  const queries = createQueryClient()
  const model = createAppModel({
    choice: createShopChoice({
      named: takeNamedShop(),
      tab: sessionStorage,
      browser: localStorage,
    }),
    readAccount,
    nameShop,
    isAlive: async () => (await read(HEALTH_PATH)).refusal === undefined,
    onBack: () => void readRefusedAgain(queries),
    after: (ms, act) => void setTimeout(act, ms),
    onOtherMember: () => location.reload(),
    now: Date.now,
  })
  watchMember(model)
  startRouting()
  void model.open()
  return (
    <App
      model={model}
      queries={queries}
      signIn={signInModel(() => location.reload())}
      signOut={leave}
      livePageAlone={livePageAlone}
    />
  )
}

/** In a frame of the console, where nobody is asked who they are, for it knows nothing. */
async function previewFrame() {
  const { openPreviewFrame } = await import('./experiences/preview-frame/open-preview-frame.tsx')
  return openPreviewFrame()
}

function firstPage(): JSX.Element | Promise<JSX.Element> {
  if (location.pathname === PREVIEW_FRAME_PATH) return previewFrame()
  const hasToken = location.hash.length > 1
  if (location.pathname === ACCOUNT_LINK_PAGE_PATH) return linkPage()
  if (location.pathname === DELETION_PAGE_PATH) return deletionPage()
  return location.pathname === LIVE_PAGE_PATH && hasToken ? livePageAlone() : app()
}

async function show(into: HTMLElement): Promise<void> {
  const words = await speaking
  document.documentElement.lang = words.language
  const page = await firstPage()
  render(
    <ThemeContext.Provider value={theme}>
      <WordsContext.Provider value={words}>{page}</WordsContext.Provider>
    </ThemeContext.Provider>,
    into,
  )
}

// A link opened in a tab that already shows this page changes the fragment alone.
addEventListener('hashchange', () => {
  if (location.hash.length > 1) location.reload()
})
// Gone back to after a sign-out, a page that the browser kept would show what was read before it.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
// Not awaited here: modules that are loaded on demand import this one, and would wait for themselves.
if (root !== null) void show(root)
