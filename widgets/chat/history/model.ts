import type { EarlierConversation, History } from '#protocol/chat-history.ts'
import type { LogAnswer, Message, VisitorConversation } from '#protocol/chat.ts'
import {
  CHAT_CODES_PATH,
  CHAT_CONTINUATIONS_PATH,
  CHAT_HISTORY_PATH,
  CHAT_LOG_PATH,
  CHAT_PROVEN_ADDRESSES_PATH,
} from '#protocol/names.ts'
import type { ChatRefusal } from '../../kit/chat-host.ts'
import { redacted } from '../reading.ts'
import type { HistoryDeps } from '../scene.ts'

/** What is wrong with what was written, or with what became of it. */
export type Trouble = 'required' | 'badEmail' | 'wrong' | 'tooMany' | 'failed'

export interface HistoryView {
  readonly step: 'list' | 'reading' | 'email' | 'code'
  readonly items: readonly EarlierConversation[]
  readonly hasMore: boolean
  readonly isBusy: boolean
  readonly trouble: Trouble | undefined
  /** Where a code was sent to. */
  readonly email: string
  readonly read: LogAnswer | undefined
  readonly isReadOnly: boolean
}

export interface HistoryModel {
  readonly view: () => HistoryView
  readonly begin: () => void
  readonly look: () => void
  readonly more: () => void
  readonly open: (item: EarlierConversation) => void
  readonly askForCode: () => void
  readonly sendCode: (email: string) => void
  readonly showCode: (code: string) => void
  readonly back: () => void
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const CODE = /^\d{6}$/

const EMPTY: HistoryView = {
  step: 'list',
  items: [],
  hasMore: false,
  isBusy: false,
  trouble: undefined,
  email: '',
  read: undefined,
  isReadOnly: false,
}

/** What a visitor does with earlier chats. `changed` is called after each change; `isStep`: another screen is shown. */
export function createHistoryModel(
  { host, model }: Pick<HistoryDeps, 'host' | 'model'>,
  changed: (isStep: boolean) => void,
): HistoryModel {
  let view = EMPTY
  let cursor: string | null = null
  /** Whatever was asked for before somebody went elsewhere is not shown there. */
  let epoch = 0
  let isLooking = false

  function set(change: Partial<HistoryView>): void {
    const isStep = change.step !== undefined && change.step !== view.step
    view = { ...view, ...change }
    changed(isStep)
  }

  const tokenKnown = () => {
    const token = host.record()?.token
    return token ? { token } : {}
  }

  /** Undefined: it did not work, or somebody went elsewhere meanwhile. */
  async function ask<Answer>(
    request: () => Promise<unknown>,
    troubles: Readonly<Record<string, Trouble>> = {},
  ): Promise<Answer | undefined> {
    if (view.isBusy) return undefined
    const during = ++epoch
    set({ isBusy: true, trouble: undefined })
    const answer = await request().catch((): ChatRefusal => ({ refusal: { code: 'no_answer' } }))
    if (during !== epoch) return undefined
    const { refusal } = Object(answer) as Partial<ChatRefusal>
    set({ isBusy: false, trouble: refusal && (troubles[refusal.code] ?? 'failed') })
    return refusal ? undefined : (answer as Answer)
  }

  const TOO_MANY = { too_many_requests: 'tooMany' } as const

  async function list(isMore: boolean): Promise<void> {
    const from = isMore && cursor !== null ? { cursor } : {}
    const told = await ask<History>(() =>
      host.post(CHAT_HISTORY_PATH, { ...tokenKnown(), ...from }),
    )
    if (!told) return
    cursor = told.nextCursor
    const items = isMore ? [...view.items, ...told.items] : told.items
    set({ items, hasMore: cursor !== null })
  }

  async function read({ id, mayWrite }: EarlierConversation): Promise<void> {
    const token = await host.claimToken()
    const messages: Message[] = []
    let last: LogAnswer | undefined
    do {
      const after = messages[messages.length - 1]?.number ?? 0
      const held = { token, conversationId: id, after }
      last = await ask<LogAnswer>(() => host.post(CHAT_LOG_PATH, held))
      if (!last) return
      messages.push(...last.messages)
    } while (last.hasMore)
    const read = { ...last, messages: [...redacted(messages)] }
    set({ step: 'reading', read, isReadOnly: !mayWrite })
  }

  async function goOn({ id: conversationId }: EarlierConversation): Promise<void> {
    const token = await host.claimToken()
    const told = await ask<VisitorConversation>(() =>
      host.post(CHAT_CONTINUATIONS_PATH, { token, conversationId }),
    )
    if (!told) return
    host.remember({ token, conversationId })
    model.recordChanged()
    if (model.view().sheet === 'history') model.unfold(undefined)
  }

  const isHere = (id: string) => model.view().conversation?.id === id

  async function takeUp(): Promise<void> {
    const asked = { ...tokenKnown(), isRunningOnly: true }
    const told = (await host.post(CHAT_HISTORY_PATH, asked)) as Partial<History>
    const running = told.items?.find(
      ({ mayWrite, channelId }) => mayWrite && channelId === host.look.channelId,
    )
    // Meanwhile something may have been begun here.
    if (running && mayLook()) await goOn(running)
  }

  const mayLook = () => {
    const { isOpen, link, unsent } = model.view()
    return isOpen && link === 'none' && unsent.length === 0 && host.isSignedIn()
  }

  return {
    view: () => view,
    begin() {
      epoch += 1
      view = { ...EMPTY, items: view.items }
      void list(false)
    },
    look() {
      if (isLooking || !mayLook()) return
      isLooking = true
      const over = () => {
        isLooking = false
      }
      // Nothing is lost: what runs stands in the list as well.
      takeUp().then(over, over)
    },
    more: () => void list(true),
    open(item) {
      if (isHere(item.id)) model.unfold(undefined)
      else if (item.mayWrite && item.state !== 'closed') void goOn(item)
      else void read(item)
    },
    askForCode: () => set({ step: 'email', trouble: undefined }),
    sendCode(email) {
      if (!EMAIL.test(email)) return set({ trouble: email ? 'badEmail' : 'required' })
      void host.claimToken().then(async (token) => {
        const asked = { token, email, languages: host.languages }
        const isSent = await ask(() => host.post(CHAT_CODES_PATH, asked), TOO_MANY)
        if (isSent) set({ step: 'code', email })
      })
    },
    showCode(code) {
      if (!CODE.test(code)) return set({ trouble: code ? 'wrong' : 'required' })
      void host.claimToken().then(async (token) => {
        const shown = { token, email: view.email, code }
        const troubles = { ...TOO_MANY, not_found: 'wrong' } as const
        if (!(await ask(() => host.post(CHAT_PROVEN_ADDRESSES_PATH, shown), troubles))) return
        set({ step: 'list' })
        void list(false)
      })
    },
    back() {
      epoch += 1
      if (view.step === 'list') return model.unfold(undefined)
      set({ step: 'list', isBusy: false, trouble: undefined, read: undefined })
    },
  }
}
