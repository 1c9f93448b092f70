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
 * Without `storage` the server keeps the identity in its cookie; what is made here then only tells the page's visitors
 * apart. `onLost`: another tab's first visitor took the place of ours, which waits under `FORMER_KEY` to be joined to it.
 */
export function createIdentity(
  browser: Browser,
  storage: Storage | undefined,
  onLost: () => void,
): IdentityState {
  let mine: Identity | undefined
  let nextToken: string | undefined
  /** The server is to make a new identity for its cookie. */
  let fresh: true | undefined

  function keep(identity: Identity): Identity {
    mine = identity
    storage?.write(KEY, identity)
    return identity
  }

  function make(era: number): Identity {
    return { id: newSecret(browser, 16), token: newSecret(browser, 32), era }
  }

  const stored = () => storage?.read(KEY, SHAPE) as Identity | undefined

  function own(): Identity {
    mine ??= stored()
    return mine ?? keep(make(0))
  }

  function current(): Who {
    const { id, token } = own()
    return { id, token }
  }

  function reset() {
    nextToken = undefined
    fresh = true
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
    storage?.write(FORMER_KEY + id, { id, token })
    onLost()
  }

  return {
    current,
    wire: (who) => {
      const isMine = who.id === mine?.id
      if (!storage) return { cookie: true, fresh: isMine ? fresh : undefined }
      if (!isMine) return who
      return { ...current(), nextToken }
    },
    acknowledge: (sent: { fresh?: true | undefined; nextToken?: string | undefined }) => {
      if (sent.fresh) fresh = undefined
      if (nextToken && sent.nextToken === nextToken) {
        keep({ ...own(), token: nextToken })
        nextToken = undefined
      }
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
