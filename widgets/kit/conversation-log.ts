/**
 * One side of a conversation, for visitors and members alike: what was said, in order and without holes, and what is
 * still to be sent. It knows neither page nor network: a transport that may fail, and that may lose, double and delay
 * what it brings, is all that it needs to end up with what the server has (docs/chat-protocol.md).
 */

export interface Numbered {
  /** From 1, without holes. */
  readonly number: number
  /** Its sender's. */
  readonly id: string
}

interface Draft {
  readonly id: string
}

/** `failed`: the server will not have it, or its sender has to decide. */
export interface Unsent<OwnDraft> {
  readonly draft: OwnDraft
  readonly state: 'waiting' | 'failed'
  /** What the server said. */
  readonly problem?: string
}

/** What the server says no to for good, or for now. */
export interface Refused {
  readonly refusal: { readonly code: string; readonly retryAfterSeconds?: number }
}

export interface LogPage<Entry> {
  readonly messages: readonly Entry[]
  readonly hasMore: boolean
}

/** Rejects where nobody knows what became of it: it is asked again. */
interface Transport<Entry, OwnDraft> {
  readonly send: (draft: OwnDraft) => Promise<{ readonly message: Entry } | Refused>
  readonly resume: (after: number) => Promise<LogPage<Entry> | Refused>
}

export interface ConversationLog<Entry, OwnDraft> {
  readonly messages: () => readonly Entry[]
  /** In the order in which they will be sent. */
  readonly unsent: () => readonly Unsent<OwnDraft>[]
  /** All that the server had when it was last asked is here. */
  readonly isWhole: () => boolean
  readonly send: (draft: OwnDraft) => void
  readonly retry: (id: string) => void
  readonly discard: (id: string) => void
  /** What the server pushed. */
  readonly receive: (messages: readonly Entry[]) => void
  /** The connection stands; what is missing is asked for, then what waits is sent. */
  readonly connected: () => void
  readonly disconnected: () => void
  readonly close: () => void
}

interface LogDeps<Entry, OwnDraft> extends Transport<Entry, OwnDraft> {
  /** Calls once after so many milliseconds; returns `stop`. */
  readonly after: (ms: number, call: () => void) => () => void
  readonly changed: () => void
  /** What is known from before: the log after this number. */
  readonly startAfter?: number
  readonly unsent?: readonly OwnDraft[]
}

/** A push may have been lost on the way between two servers: nobody would ever notice but by asking. */
const CHECK_MS = 30_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000
/** Worth another try; whatever else is refused stays so. */
const PASSING = ['too_many_requests', 'unavailable', 'internal']

export function createConversationLog<Entry extends Numbered, OwnDraft extends Draft>(
  deps: LogDeps<Entry, OwnDraft>,
): ConversationLog<Entry, OwnDraft> {
  const { changed } = deps
  const messages: Entry[] = []
  /** Came before those they follow. */
  const early = new Map<number, Entry>()
  let unsent: Unsent<OwnDraft>[] = (deps.unsent ?? []).map(waiting)
  let last = deps.startAfter ?? 0
  let isConnected = false
  let isWhole = false
  /** Each connection has its own: what an older one still brings is taken, and begins nothing. */
  let epoch = 0
  /** The connection on which a request is under way; 0: none is. What an older one left behind holds nobody up. */
  let sendingIn = 0
  let resumingIn = 0
  let mustResume = false
  let failures = 0
  let stopWaiting = (): void => undefined
  let stopChecking = (): void => undefined

  function take(arrived: readonly Entry[]): void {
    for (const entry of arrived) if (entry.number > last) early.set(entry.number, entry)
    let next = early.get(last + 1)
    for (; next !== undefined; next = early.get(last + 1)) {
      const { id, number } = next
      last = number
      early.delete(number)
      messages.push(next)
      unsent = unsent.filter(({ draft }) => draft.id !== id)
    }
    changed()
  }

  /** Asks until nothing is missing; one at a time. */
  async function resume(): Promise<void> {
    mustResume = true
    if (resumingIn === epoch || !isConnected) return
    const during = epoch
    resumingIn = during
    try {
      while (mustResume && during === epoch) {
        mustResume = false
        const page = await deps.resume(last)
        if ('refusal' in page) {
          if (during === epoch) retryLater(page)
          return
        }
        take(page.messages)
        if (page.hasMore) mustResume = true
      }
    } catch {
      // Nobody knows what became of it, so it is asked again.
      if (during === epoch) retryLater()
      return
    } finally {
      if (resumingIn === during) resumingIn = 0
    }
    if (during !== epoch) return
    isWhole = true
    changed()
    void pump()
  }

  /** One at a time, so that what is said first comes first. */
  async function pump(): Promise<void> {
    if (sendingIn === epoch || !isConnected || !isWhole) return
    const next = unsent.find(({ state }) => state === 'waiting')
    if (next === undefined) return
    const during = epoch
    sendingIn = during
    try {
      const answer = await deps.send(next.draft)
      if ('refusal' in answer) {
        if (!isRefusedForGood(next, answer)) return
      } else {
        failures = 0
        receive([answer.message])
      }
    } catch {
      // It may have been stored: sent again, its id tells.
      if (during === epoch) retryLater()
      return
    } finally {
      if (sendingIn === during) sendingIn = 0
    }
    void pump()
  }

  function isRefusedForGood({ draft }: Unsent<OwnDraft>, answer: Refused): boolean {
    const { code } = answer.refusal
    if (PASSING.includes(code)) {
      retryLater(answer)
      return false
    }
    unsent = unsent.map((one) =>
      one.draft.id === draft.id ? { draft, state: 'failed', problem: code } : one,
    )
    changed()
    return true
  }

  function receive(arrived: readonly Entry[]): void {
    take(arrived)
    if (early.size > 0) void resume()
  }

  function retryLater(answer?: Refused): void {
    const told = answer?.refusal.retryAfterSeconds
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
    failures += 1
    stopWaiting()
    stopWaiting = deps.after(told === undefined ? wait : told * 1_000, () => void resume())
  }

  function check(): void {
    stopChecking()
    stopChecking = deps.after(CHECK_MS, () => {
      check()
      void resume()
    })
  }

  function disconnected(): void {
    epoch += 1
    isConnected = false
    isWhole = false
    stopWaiting()
    stopChecking()
    changed()
  }

  return {
    messages: () => messages,
    unsent: () => unsent,
    isWhole: () => isWhole,
    send(draft) {
      unsent = [...unsent, waiting(draft)]
      changed()
      void pump()
    },
    retry(id) {
      unsent = unsent.map((one) => (one.draft.id === id ? waiting(one.draft) : one))
      changed()
      void pump()
    },
    discard(id) {
      unsent = unsent.filter(({ draft }) => draft.id !== id)
      changed()
    },
    receive,
    connected() {
      epoch += 1
      isConnected = true
      failures = 0
      check()
      void resume()
    },
    disconnected,
    close: disconnected,
  }
}

function waiting<OwnDraft>(draft: OwnDraft): Unsent<OwnDraft> {
  return { draft, state: 'waiting' }
}
