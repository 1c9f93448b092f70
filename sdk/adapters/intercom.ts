// What pages that had Intercom's messenger call, led to our chat; docs/adapters.md says which calls mean what.
import { attempt } from '../log.ts'
import { hear, identify, toGp } from './to-gp.ts'

type Fields = Readonly<Record<string, unknown>>
type Calls = readonly (readonly unknown[])[]

const page = window as unknown as {
  Intercom?: ((...call: unknown[]) => void) & { q?: Calls }
  intercomSettings?: Fields
}
let opener = ''

const ACTS: Readonly<Record<string, (value?: unknown, more?: unknown) => void>> = {
  boot: (settings) => settle(settings as Fields),
  update: (settings) => settle(settings as Fields),
  shutdown() {
    toGp('closeChat')
    toGp('reset')
  },
  show: () => toGp('openChat'),
  showSpace: () => toGp('openChat'),
  showMessages: () => toGp('openChat'),
  showNewMessage: (message) => toGp('openChat', typeof message === 'string' ? { message } : {}),
  hide: () => toGp('closeChat'),
  trackEvent: (name, properties) => toGp('track', name, properties),
  onShow: (heard) => hear('chat:open', heard as () => void),
  onHide: (heard) => hear('chat:close', heard as () => void),
  onUnreadCountChange: (heard) =>
    hear('chat:unread', ({ count }) => (heard as (count: unknown) => void)(count)),
}

function settle(settings: Fields = {}): void {
  const { user_id: id, email, name, phone } = settings
  identify(id, { email, name, phone })
  const { hide_default_launcher: isHidden, custom_launcher_selector: selector } = settings
  if (isHidden !== undefined) toGp(isHidden === true ? 'hideLauncher' : 'showLauncher')
  if (typeof selector === 'string') opener = selector
}

attempt(() => {
  const before = page.Intercom
  // Whoever still has the other chat keeps it; what waits for it in its stub is done.
  if (before !== undefined && before.q === undefined) return
  page.Intercom = (name, ...args) => attempt(() => ACTS[String(name)]?.(...args))
  settle(page.intercomSettings)
  for (const [name, ...args] of before?.q ?? []) page.Intercom(name, ...args)
  document.addEventListener('click', ({ target }) => {
    attempt(() => {
      if (opener !== '' && (target as Element).closest(opener) !== null) toGp('openChat')
    })
  })
})
