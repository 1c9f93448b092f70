import { LOG_PAGE } from '#protocol/names.ts'

/**
 * One side of a conversation, for visitors and members alike: what was said, in order and without holes, and what is
 * still to be sent. It knows neither page nor network: a transport that may fail, and that may lose, double and delay
 * what it brings, is all that it needs to end up with what the server has (docs/chat-protocol.md). Of a long one it has the
 * newest entries first, and those before them when they are wanted: what it has is one stretch, to the end.
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
  /** What follows a number; below zero, the newest so many. */
  readonly resume: (after: number) => Promise<LogPage<Entry> | Refused>
}

export interface ConversationLog<Entry, OwnDraft> {
  readonly messages: () => readonly Entry[]
  /** In the order in which they will be sent. */
  readonly unsent: () => readonly Unsent<OwnDraft>[]
  /** All that was said since the first that is here, when the server was last asked, is here. */
  readonly isWhole: () => boolean
  /** Something was said before what is here. */
  readonly hasEarlier: () => boolean
  /** That is on its way, or just being put before the rest. */
  readonly isReadingEarlier: () => boolean
  /** Reads on backwards, a page; where that fails, nothing happens. */
  readonly readEarlier: () => Promise<void>
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
  readonly unsent?: readonly OwnDraft[]
}

/** Of a conversation that is opened: what fills a window twice. */
const NEWEST = 50
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
  /** 0: nothing is known yet. */
  let last = 0
  let isConnected = false
  let isWhole = false
  /** Each connection has its own: what an older one still brings is taken, and begins nothing. */
  let epoch = 0
  /** The connection on which a request is under way; 0: none is. What an older one left behind holds nobody up. */
  let sendingIn = 0
  let resumingIn = 0
  let mustResume = false
  let isReadingEarlier = false
  let failures = 0
  let stopWaiting = (): void => undefined
  let stopChecking = (): void => undefined

  function take(arrived: readonly Entry[]): void {
    for (const entry of arrived) {
      if (entry.number > last) early.set(entry.number, entry)
      // Stored long ago, perhaps before what is here: its sender only learns it now.
      else unsent = unsent.filter(({ draft }) => draft.id !== entry.id)
    }
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

  /** What is known first need not be what was said first. */
  function begin([first]: readonly Entry[]): void {
    if (last || !first) return
    last = first.number - 1
    for (const number of early.keys()) if (number <= last) early.delete(number)
  }

  /** What is before the first that is here. */
  const before = () => (messages[0]?.number ?? 1) - 1

  async function readEarlier(): Promise<void> {
    const end = before()
    if (!end || isReadingEarlier || !isConnected) return
    isReadingEarlier = true
    changed()
    // Where it fails, whoever still wants it asks again.
    const earlier = await entriesTo(end).catch(() => [])
    // Another may have been quicker, after a cut.
    if (before() === end) messages.unshift(...earlier)
    changed()
    isReadingEarlier = false
    changed()
  }

  /** A page of them, without holes; none where it can't be had. */
  async function entriesTo(end: number): Promise<readonly Entry[]> {
    const entries: Entry[] = []
    for (let at = Math.max(0, end - LOG_PAGE); at < end;) {
      const page = await deps.resume(at)
      if ('refusal' in page) return []
      entries.push(...page.messages.filter(({ number }) => number <= end))
      const { length } = page.messages
      if (length === 0) return []
      at += length
    }
    return entries
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
        const page = await deps.resume(last || -NEWEST)
        if ('refusal' in page) {
          if (during === epoch) retryLater(page)
          return
        }
        begin(page.messages)
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
    hasEarlier: () => before() > 0,
    isReadingEarlier: () => isReadingEarlier,
    readEarlier,
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
      isReadingEarlier = false
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
