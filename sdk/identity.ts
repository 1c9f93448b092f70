import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import { newSecret } from './ids.ts'
import type { Storage } from './storage.ts'

const KEY = 'id'
const SHAPE = /^{"id":"[\w-]{22}","token":"[\w-]{43}","era":\d/
/** With an id behind it: a visitor that lost a race, until the server knows whom it belongs to. */
export const FORMER_KEY = 'f:'

/** Whom an event belongs to. */
export interface Who {
  id: string
  token: string
}
type WireVisitor = NonNullable<Batch['visitor']>

interface Identity extends Who {
  /** The shop's own id of the person, to notice that another one signs in. */
  userId?: string | undefined
  /**
   * How often this browser's visitor was deliberately made another. Two of one era are a race of tabs and one person;
   * of two eras they are never to be joined.
   */
  era: number
  /** The server keeps the identity, and is to make a new one. */
  fresh?: boolean
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
  forget: () => void
}

/**
 * `isInCookie`: the server keeps the identity; here is only which one of the page's it is. `onLost`: another tab's
 * first visitor took the place of ours, which waits under `FORMER_KEY` to be joined to it.
 */
export function createIdentity(
  browser: Browser,
  storage: Storage,
  isInCookie: boolean,
  onLost: () => void,
): IdentityState {
  let mine: Identity | undefined
  let nextToken: string | undefined
  let made = 0

  function keep(identity: Identity): Identity {
    mine = identity
    if (!isInCookie) storage.write(KEY, identity)
    return identity
  }

  function make(era: number): Identity {
    return isInCookie
      ? { id: `cookie${made++}`, token: '', era, fresh: era > 0 }
      : { id: newSecret(browser, 16), token: newSecret(browser, 32), era }
  }

  function stored(): Identity | undefined {
    return isInCookie ? undefined : (storage.read(KEY, SHAPE) as Identity | undefined)
  }

  function own(): Identity {
    mine ??= stored()
    return mine ?? keep(make(0))
  }

  function reset() {
    nextToken = undefined
    keep(make(own().era + 1))
  }

  function adopt() {
    const theirs = mine && stored()
    if (!mine || !theirs) return
    const { id, token, era, userId } = mine
    // Storage crosses processes late: what another tab wrote over ours may be older than our decision.
    if (theirs.era < era) return void keep(mine)
    mine = theirs
    if (theirs.id === id) return
    nextToken = undefined
    if (theirs.era > era) return
    mine = { ...theirs, userId: theirs.userId ?? userId }
    storage.write(FORMER_KEY + id, { id, token })
    onLost()
  }

  return {
    current: () => {
      const { id, token } = own()
      return { id, token }
    },
    wire: (who) => {
      const isMine = who.id === mine?.id
      if (isInCookie) return { cookie: true, fresh: (isMine && mine?.fresh) || undefined }
      if (!isMine) return who
      const { id, token } = own()
      return { id, token, nextToken }
    },
    acknowledge: (sent) => {
      if ('cookie' in sent) {
        if (sent.fresh && mine) mine.fresh = false
        return
      }
      if (!nextToken || sent.nextToken !== nextToken) return
      keep({ ...own(), token: nextToken })
      nextToken = undefined
    },
    identify: (userId) => {
      if ((own().userId ?? userId) !== userId) reset()
      keep({ ...own(), userId })
      nextToken = newSecret(browser, 32)
    },
    reset,
    adopt,
    forget: () => {
      mine = nextToken = undefined
    },
  }
}
