import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import { newToken, newVisitorId } from './ids.ts'
import { asObject, asText } from './json.ts'
import type { Storage } from './storage.ts'

const KEY = 'id'

/** Whom an event belongs to. */
export interface Who {
  id: string
  token: string
}
type WireVisitor = NonNullable<Batch['visitor']>

interface Identity extends Who {
  /** The shop's own id of the person, to notice that another one signs in. */
  userId?: string
  /** The visitor this one deliberately took the place of: not the same person, never to be joined. */
  after?: string
}

export interface IdentityState {
  /** The visitor of this browser, made on first use. Call only with consent. */
  current: () => Who
  /** What goes with a batch of `who`. */
  wire: (who: Who) => WireVisitor
  /** A batch was answered: what it carried of our identity is known to the server now. */
  acknowledge: (sent: WireVisitor) => void
  /** The shop says who it is; another person on this browser is another visitor. */
  identify: (userId: string) => void
  /** A new visitor from here on. */
  reset: () => void
  /** Takes over what another tab has stored. */
  adopt: () => void
  /** From now on a change of the stored record is another tab's decision, no race of two first visits. */
  settle: () => void
  forget: () => void
}

/** `isInCookie`: the server keeps the identity; here is only which one of the page's it is. */
export function createIdentity(
  browser: Browser,
  storage: Storage,
  isInCookie: boolean,
): IdentityState {
  let mine: Identity | undefined
  let nextToken: string | undefined
  let formerly: Who | undefined
  let isSettled = false
  let made = 0

  function keep(identity: Identity): Identity {
    mine = identity
    if (!isInCookie) storage.write(KEY, identity)
    return identity
  }

  function make(): Identity {
    return isInCookie
      ? { id: `cookie${made++}`, token: '' }
      : { id: newVisitorId(browser), token: newToken(browser) }
  }

  function stored(): Identity | undefined {
    return isInCookie ? undefined : readIdentity(storage.read(KEY))
  }

  function own(): Identity {
    if (mine) return mine
    mine = stored()
    // What was there before us is nobody's race.
    isSettled ||= !!mine
    return mine ?? keep(make())
  }

  function reset() {
    nextToken = undefined
    keep({ ...make(), after: own().id })
  }

  return {
    current: () => {
      const { id, token } = own()
      return { id, token }
    },
    wire: (who) => {
      const isMine = who.id === mine?.id
      if (isInCookie) return { cookie: true, ...(isMine && mine?.after && { fresh: true }) }
      if (!isMine) return who
      const { id, token } = own()
      return { id, token, ...(nextToken && { nextToken }), ...(formerly && { formerly }) }
    },
    acknowledge: (sent) => {
      if ('cookie' in sent) {
        if (sent.fresh) delete mine?.after
        return
      }
      if (sent.formerly?.id === formerly?.id) formerly = undefined
      if (!nextToken || sent.nextToken !== nextToken) return
      keep({ ...own(), token: nextToken })
      nextToken = undefined
    },
    identify: (userId) => {
      if ((own().userId ?? userId) !== userId) reset()
      keep({ ...own(), userId })
      nextToken = newToken(browser)
    },
    reset,
    adopt: () => {
      const theirs = mine && stored()
      if (!mine || !theirs) return
      if (theirs.id !== mine.id) {
        nextToken = undefined
        if (!isSettled && theirs.after !== mine.id) formerly = { id: mine.id, token: mine.token }
      }
      mine = theirs
    },
    settle: () => {
      isSettled = true
    },
    forget: () => {
      mine = nextToken = formerly = undefined
    },
  }
}

function readIdentity(given: unknown): Identity | undefined {
  const { id, token } = asObject(given) ?? {}
  const isOurs = /^[\w-]{22}$/.test(asText(id)) && /^[\w-]{43}$/.test(asText(token))
  return isOurs ? (given as Identity) : undefined
}
