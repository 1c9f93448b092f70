// What pages that had Chatwoot's chat call, led to ours; docs/adapters.md says which calls mean what.
import { attempt } from '../log.ts'
import { hear, identify, toGp } from './to-gp.ts'

type Fields = Readonly<Record<string, unknown>>

const page = window as unknown as { $chatwoot?: object; chatwootSDK?: object }

attempt(() => {
  // Whoever still has the other chat keeps it.
  if (page.$chatwoot !== undefined) return
  const nothing = () => undefined
  const adapter = {
    hasLoaded: true,
    isOpen: false,
    toggle(wanted?: unknown) {
      toGp(wanted === 'open' ? 'openChat' : wanted === 'close' ? 'closeChat' : 'toggleChat')
    },
    toggleBubbleVisibility(wanted?: unknown) {
      toGp(wanted === 'hide' ? 'hideLauncher' : 'showLauncher')
    },
    popoutChatWindow: () => toGp('openChat'),
    setUser(id: unknown, user?: Fields) {
      const { email, name, phone_number: phone } = user ?? {}
      identify(id, { email, name, phone })
    },
    reset: () => toGp('reset'),
    setCustomAttributes: nothing,
    deleteCustomAttribute: nothing,
    setConversationCustomAttributes: nothing,
    deleteConversationCustomAttribute: nothing,
    setLabel: nothing,
    removeLabel: nothing,
    setLocale: nothing,
    setColorScheme: nothing,
  }
  page.$chatwoot = adapter
  page.chatwootSDK ??= { run: nothing }
  const tell = (name: string, detail?: unknown) =>
    attempt(() => window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail })))
  hear('chat:open', () => {
    adapter.isOpen = true
    tell('opened')
  })
  hear('chat:close', () => {
    adapter.isOpen = false
    tell('closed')
  })
  hear('chat:message', (message) => tell('on-message', message))
  hear('chat:start', () => tell('on-start-conversation'))
  // Whoever listens may have been set up after us.
  hear('ready', () => tell('ready'))
})
