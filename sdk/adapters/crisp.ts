// What pages that had Crisp's chat call, led to ours; docs/adapters.md says which calls mean what.
import { attempt } from '../log.ts'
import { hear, toGp } from './to-gp.ts'

type Call = readonly [verb: unknown, name?: unknown, value?: unknown]
type Heard = (told?: unknown) => void

const page = window as unknown as {
  $crisp?: unknown[] & { is?: (name: string) => boolean; get?: (name: string) => unknown }
  CRISP_READY_TRIGGER?: () => void
}
const known: Record<string, unknown> = { 'chat:unread:count': 0 }
let isOpen = false
let draft: string | undefined

const ACTS: Readonly<Record<string, (value?: unknown) => void>> = {
  'chat:open': () => toGp('openChat', draft === undefined ? {} : { message: draft }),
  'chat:close': () => toGp('closeChat'),
  'chat:toggle': () => toGp('toggleChat'),
  'chat:show': () => toGp('showLauncher'),
  'chat:hide': () => toGp('hideLauncher'),
  'session:reset': () => toGp('reset'),
  'message:send': (value) => {
    const [kind, text] = value as [unknown, unknown]
    if (kind === 'text') toGp('sendMessage', text)
  },
}

/** Theirs, ours. */
const EVENTS: Readonly<Record<string, string>> = {
  'session:loaded': 'ready',
  'chat:opened': 'chat:open',
  'chat:closed': 'chat:close',
  'chat:initiated': 'chat:start',
}

const listening: Record<string, Heard[]> = {}

function call([verb, name, value]: Call): void {
  const key = String(name)
  if (verb === 'do') ACTS[key]?.(value)
  if (verb === 'set' && key === 'message:text') draft = String((value as unknown[])[0])
  if (verb === 'on') listening[key] = [...(listening[key] ?? []), value as Heard]
  if (verb === 'off') listening[key] = []
}

function tell(name: string, told?: unknown): void {
  for (const heard of listening[name] ?? []) attempt(() => heard(told))
}

attempt(() => {
  const calls = (page.$crisp ??= [])
  // Whoever still has the other chat keeps it: its own array can be asked.
  if (calls.is !== undefined) return
  calls.is = (name) => name === (isOpen ? 'chat:opened' : 'chat:closed')
  calls.get = (name) => known[name]
  calls.push = (...more) => {
    for (const one of more) attempt(() => call(one as Call))
    return more.length
  }
  for (const [theirs, ours] of Object.entries(EVENTS)) {
    hear(ours, () => {
      if (ours !== 'ready' && ours !== 'chat:start') isOpen = ours === 'chat:open'
      tell(theirs)
    })
  }
  hear('chat:message', (message) =>
    tell(message['author'] === 'visitor' ? 'message:sent' : 'message:received', message),
  )
  hear('chat:unread', ({ count }) => {
    known['chat:unread:count'] = count
  })
  hear('ready', () => page.CRISP_READY_TRIGGER?.())
  calls.splice(0).forEach((one) => calls.push(one))
})
