import type {
  ChatHost,
  ChatLink,
  ChatRecord,
  Holding,
  LinkEars,
  MountChat,
} from '#widgets/kit/chat-host.ts'
import { createAlerts } from '../chat/alerts.ts'
import type { Launcher } from '../chat/launcher.ts'
import type { ChatLanguage, LazyHost } from '../lazy.ts'
import type { GpEvents } from '../types.ts'
import type { Talk } from './launcher.ts'

const RECORD = 'chat'
const HELD = /^gp:chat (.{43})$/
const LINK = /^#([\w-]{43})\.([\w-]{16,64})$/
const LANGUAGES = /^(en|es|pt|vi)\b/i

type Connect = (server: string, shop: string, holding: Holding, ears: LinkEars) => ChatLink

/** The window, given all that it may use of the page; it draws, and says and hears by these. */
export async function begin(
  host: LazyHost,
  launcher: Launcher,
  channelId: string | undefined,
): Promise<Talk> {
  const { window, guarded } = host
  const { storage } = host.tabs
  const { look } = launcher
  const spoken = look.language ? [look.language, ...launcher.languages] : launcher.languages
  const known = spoken.find((one) => LANGUAGES.test(one)) ?? 'en'
  const language = known.slice(0, 2).toLowerCase()
  const [widget, words] = await Promise.all([
    host.chunk('chat'),
    host.chunk(`chat-${language as ChatLanguage}`),
  ])
  const alerts = createAlerts(host)
  /** Where storage is denied, this page remembers by itself. */
  let kept: ChatRecord | undefined
  const record = () =>
    (storage.read(RECORD, /^{"token":"[\w-]{43}"/) as ChatRecord | undefined) ?? kept

  function remember(change: Partial<ChatRecord>): void {
    const { token = '', ...rest } = { ...record(), ...change }
    kept = { token, ...rest }
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
      const [shared] = held.flatMap(({ name }) => HELD.exec(name ?? '')?.[1] ?? [])
      const token = shared ?? record()?.token ?? newToken(window)
      const isKnown = token === record()?.token
      guarded(remember)(isKnown ? { token } : { token, conversationId: undefined })
      if (locks) await hold(locks, token)
      return token
    }
    return locks ? locks.request('gp:chat', claim) : claim()
  }

  function hold(locks: LockManager, token: string): Promise<void> {
    return new Promise((done) => {
      void locks.request(`gp:chat ${token}`, { mode: 'shared' }, () => {
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
    return { refusal: { ...error, ...(seconds ? { retryAfterSeconds: seconds } : {}) } }
  }

  const bodyOf = (given: object) => JSON.stringify({ key: host.shop, ...given })

  async function connect(holding: Holding, ears: LinkEars): Promise<ChatLink> {
    const { connect: open } = (await host.chunk('chat-socket')) as { connect: Connect }
    return open(host.host, host.shop, holding, {
      opened: guarded(ears.opened),
      lost: guarded(ears.lost),
      failed: guarded(ears.failed),
      heard: guarded(ears.heard),
    })
  }

  function whoAndWhere(): object {
    const { title } = window.document
    const { id, token } = (host.tabs.isAllowed() && Object(storage.read('id'))) as Holding & {
      id: string
    }
    return {
      visitor: id && token ? { id, token } : null,
      page: { url: window.location.href, title: title.slice(0, 500) },
    }
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
    whoAndWhere,
    part: host.chunk as ChatHost['part'],
    tell: (news, told) => {
      host.tellPage(`chat:${news}` as 'chat:open', told as GpEvents['chat:open'])
    },
    alert: alerts.alert,
    stands: (isOpen, unread, words) => {
      launcher.stands(isOpen, unread, words)
      alerts.unread(unread)
    },
  }
  const mounted = (widget as { mount: MountChat }).mount(given)
  host.listen(window, 'storage', ({ key }) => key === `gp:${RECORD}` && mounted.recordChanged())
  host.onEnd(mounted.unmount)
  return mounted
}

/** 256 random bits as base64url. */
function newToken(page: LazyHost['window']): string {
  const text = page.btoa(String.fromCharCode(...page.crypto.getRandomValues(new Uint8Array(32))))
  return text.replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_')
}
