import type {
  ChatHost,
  ChatLink,
  ChatRecord,
  Holding,
  LinkEars,
  MountChat,
  ChatPart,
  ChatState,
  Shows,
} from '#widgets/kit/chat-host.ts'
import type { ChatLanguage, LazyHost } from '../lazy.ts'
import type { GpEvents } from '../types.ts'
import { languagesOf } from './ask-launcher.ts'
import type { Launcher } from './launcher.ts'
import { RECORD } from './page-chat.ts'
import { createStand } from './stand.ts'

const LINK = /^#([\w-]{43})\.([\w-]{16,64})$/
const LANGUAGES = /^(en|es|pt|vi)(-|$)/i

type Connect = (server: string, shop: string, shows: Shows, ears: LinkEars) => ChatLink

/** The window, and all that it says and hears. */
export interface Talk {
  readonly open: (given: { message?: string; send?: boolean }) => void
  readonly close: () => void
  readonly say: (text: string) => void
  readonly state: () => ChatState
}

/** The window, given all that it may use of the page; it draws, and says and hears by these. */
export async function begin(
  host: LazyHost,
  launcher: Launcher,
  channelId: string | undefined,
): Promise<Talk> {
  const { window, guarded } = host
  const { storage } = host.tabs
  const { look } = launcher
  // Pages say `es_MX`, or nothing.
  const spoken = [look.language ?? '', ...languagesOf(window)]
    .map((one) => one.replace(/_/g, '-'))
    .filter(Boolean)
  const known = spoken.find((one) => LANGUAGES.test(one)) ?? 'en'
  const language = known.slice(0, 2).toLowerCase() as ChatLanguage
  const [widget, words] = await Promise.all([host.chunk('chat'), host.chunk(`chat-${language}`)])
  const stand = createStand(launcher, window)
  /** Where storage is denied, this page remembers by itself. */
  let kept: OwnRecord | undefined
  const identity = () => Object(storage.read('id')) as Identity
  /** Each person who uses this browser has an era of their own: nobody finds the chats of the one before. */
  const eraNow = () => identity().era ?? 0
  let era = eraNow()

  function record(): OwnRecord | undefined {
    const found = (storage.read(RECORD, /^{"token":"[\w-]{43}"/) as OwnRecord | undefined) ?? kept
    return found && (found.era ?? 0) === eraNow() ? found : undefined
  }

  function remember(change: Partial<ChatRecord>): void {
    const { token = '', ...rest } = { ...record(), ...change }
    kept = { token, ...rest, era: eraNow() }
    // Written by hand, for what writes elsewhere leaves out what is called a token.
    window.localStorage.setItem(`gp:${RECORD}`, JSON.stringify(kept))
  }

  const isPage = !!window.document.querySelector('script[data-chat-page]')
  // A link in a mail opens the conversation that it tells of.
  const [, token, conversationId] = LINK.exec(isPage ? window.location.hash : '') ?? []
  if (token && conversationId) {
    guarded(remember)({ token, conversationId })
    window.history.replaceState(null, '', window.location.pathname)
  }

  /**
   * Two pages that begin at the same time begin the same conversation. What one writes into the storage another may see
   * late, even under a lock; which locks are held it sees at once. So whoever has a token holds a lock of its name.
   */
  async function claimToken(): Promise<string> {
    const { locks } = window.navigator
    const claim = async () => {
      const { held = [] } = (await locks?.query()) ?? {}
      const mark = lockName('')
      const [name] = held.flatMap(({ name }) => (name?.startsWith(mark) ? name : []))
      const shared = name?.slice(mark.length)
      const token = shared ?? record()?.token ?? newToken(window)
      const isKnown = token === record()?.token
      guarded(remember)(isKnown ? { token } : { token, conversationId: undefined })
      if (locks) await hold(locks, token)
      return token
    }
    return locks ? locks.request('gp:chat', claim) : claim()
  }

  const lockName = (token: string) => `gp:chat ${eraNow()} ${token}`

  function hold(locks: LockManager, token: string): Promise<void> {
    return new Promise((done) => {
      void locks.request(lockName(token), { mode: 'shared' }, () => {
        done()
        return new Promise<void>((end) => host.onEnd(end))
      })
    })
  }

  async function post(path: string, body: string): Promise<unknown> {
    const answer = await host.fetch(host.host + path, { method: 'POST', body, credentials: 'omit' })
    const text = await answer.text()
    const json: unknown = text ? JSON.parse(text) : {}
    const { error } = Object(json) as { error?: { code: string; message: string } }
    const seconds = Number(answer.headers.get('retry-after'))
    if (!error) return json
    return { refusal: { ...error, retryAfterSeconds: seconds || undefined } }
  }

  function visitor(): object | null {
    const { id, token } = host.tabs.isAllowed() ? identity() : {}
    return id && token ? { id, token } : null
  }

  const shown = (given: object) => ({ key: host.shop, visitor: visitor(), ...given })
  const bodyOf = (given: object) => JSON.stringify(shown(given))

  async function connect(holding: Holding, ears: LinkEars): Promise<ChatLink> {
    const { connect: open } = (await host.chunk('chat-socket')) as { connect: Connect }
    return open(host.host, host.shop, (show) => show(shown(holding)), {
      opened: guarded(ears.opened),
      lost: guarded(ears.lost),
      failed: guarded(ears.failed),
      heard: guarded(ears.heard),
    })
  }

  function where(): object {
    const { title } = window.document
    return { page: { url: window.location.href, title: title.slice(0, 500) } }
  }

  /** What forms say comes with them, to what the window says. */
  async function part(name: ChatPart): Promise<unknown> {
    const [loaded, more] = await Promise.all([
      host.chunk(name),
      name === 'chat-forms' && host.chunk(`chat-forms-${language}`),
    ])
    Object.assign(given.words as object, (more as { words?: object }).words)
    return loaded
  }

  const given: ChatHost = {
    root: launcher.root,
    place: launcher.place,
    look,
    channelId,
    words: (words as { words: unknown }).words,
    language: look.language ?? known,
    languages: spoken,
    isPage,
    now: host.now,
    newId: host.newId,
    after: (ms, run) => host.after(ms, guarded(run)),
    post: (path, body) => post(path, bodyOf(body)),
    bodyOf,
    address: (path) => host.host + path,
    connect,
    claimToken,
    record,
    remember: (change) => guarded(remember)(change),
    isSignedIn: () => host.tabs.isAllowed() && identity().userId !== undefined,
    where,
    part,
    tell: (news, told) => {
      host.tellPage(`chat:${news}` as 'chat:open', told as GpEvents['chat:open'])
    },
    stands: stand,
  }
  const { mount } = widget as { mount: MountChat }
  let mounted = mount(given)

  /** Somebody else uses the browser from here on, or the same person has proven more. */
  function identityChanged(): void {
    if (era === eraNow()) return mounted.recordChanged()
    era = eraNow()
    kept = undefined
    const hadFocus = launcher.root.activeElement
    mounted.unmount()
    given.stands(false, 0, undefined)
    mounted = mount(given)
    if (hadFocus) launcher.button.focus()
  }

  // The tag has no bytes left to tell of it: whom it writes down, it writes here.
  const { write } = storage
  storage.write = (key, value) => {
    write(key, value)
    if (key === 'id') guarded(identityChanged)()
  }
  host.listen(window, 'storage', ({ key }) => {
    if (key === 'gp:id') identityChanged()
    if (key === `gp:${RECORD}`) mounted.recordChanged()
  })
  host.onEnd(() => {
    storage.write = write
    mounted.unmount()
  })
  return {
    open: (said) => mounted.open(said),
    close: () => mounted.close(),
    say: (text) => mounted.say(text),
    state: () => mounted.state(),
  }
}

interface OwnRecord extends ChatRecord {
  readonly era?: number
}

/** What the tag keeps of who the visitor is. */
interface Identity {
  readonly id?: string
  readonly token?: string
  readonly era?: number
  readonly userId?: string
}

/** 256 random bits as base64url. */
function newToken(page: LazyHost['window']): string {
  const text = page.btoa(String.fromCharCode(...page.crypto.getRandomValues(new Uint8Array(32))))
  return text.replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_')
}
