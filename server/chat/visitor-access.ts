import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Shop } from '../core/guards.ts'
import { sha256 } from '../core/tokens.ts'
import type { Database } from '../db/database.ts'
import { findConversation, holdConversation, type ConversationRow } from './conversation-store.ts'
import { findNewcomer, takeUp } from './let-in.ts'
import type { Handle } from './log-store.ts'
import { isBlocked } from './parts-store.ts'
import type { Do, Doing } from './say.ts'
import type { VisitorSeer } from './seen-by-visitor.ts'
import { seerOf } from './visitor-seer.ts'

/** Whoever shows a token, and where they come from. */
export interface Holder {
  readonly shop: Shop
  readonly token: string
  readonly conversationId: string
  /** The visitor of events: what they said elsewhere, as the customer they have proven to be, is theirs as well. */
  readonly visitor: { readonly id: string; readonly token: string } | null
}

export interface VisitorAccess {
  /** The conversation, if the holder may do that there; refuses (`not_found`) all others. */
  readonly find: (holder: Holder, reach: VisitorSeer['reach']) => Promise<ConversationRow>
  /** The same to say something there; refuses (`forbidden`) whom the shop blocked, by whatever they said. */
  readonly findHeard: (holder: Holder) => Promise<ConversationRow>
  /** What `findHeard` found, as a transaction finds it: meanwhile it may have been closed, blocked, or withdrawn. */
  readonly holdHeard: (
    doing: Doing,
    holder: Holder,
    found: ConversationRow,
  ) => Promise<ConversationRow>
  /** On this device, too: its token opens the conversation from now on, as it does where it was begun. */
  readonly goOn: (holder: Holder) => Promise<ConversationRow>
  /** To listen to it, and to be heard as that `holder` from then on. Refuses (`forbidden`) what was blocked. */
  readonly comeIn: (holder: Holder) => Promise<Entered>
}

export interface Entered {
  readonly conversation: ConversationRow
  readonly holder: Holder
  /** By a mailed code, as long as that counts. */
  readonly isGuest: boolean
}

interface VisitorAccessDeps {
  readonly db: Database
  readonly now: Clock
  readonly perform: Do
}

/** What visitors may look at, and say something in. */
export function createVisitorAccess({ db, now, perform }: VisitorAccessDeps): VisitorAccess {
  const handle: Handle = { sql: db.sql, t: db.t }
  const { dialect } = db.raw

  function lookFor(
    within: Handle,
    { shop, conversationId, ...shown }: Holder,
    reach: VisitorSeer['reach'],
  ): Promise<ConversationRow | undefined> {
    const publicId = Buffer.from(conversationId, 'base64url')
    return findConversation(within, shop.id, publicId, seerOf({ ...shown, now: now() }, reach))
  }

  async function findHeardIn(within: Handle, holder: Holder): Promise<ConversationRow> {
    const found = await lookFor(within, holder, 'write')
    if (found === undefined) throw noSuch()
    const { visitorId, customerId } = found
    const by = { tokenHash: sha256(holder.token), visitorId, customerId }
    if (found.isBlocked || (await isBlocked(within, found.shopId, by))) throw blocked()
    return found
  }

  async function find(holder: Holder, reach: VisitorSeer['reach']): Promise<ConversationRow> {
    const found = await lookFor(handle, holder, reach)
    if (found === undefined) throw noSuch()
    return found
  }

  return {
    find,
    findHeard: (holder) => findHeardIn(handle, holder),

    async holdHeard(doing, holder, found) {
      await takeUp(dialect, doing, holder, found)
      const held = await holdConversation(doing, doing.shopId, found.id)
      if (held?.revision === found.revision) return held
      return findHeardIn(doing, holder)
    },

    async goOn(holder) {
      const found = await findHeardIn(handle, holder)
      await perform(found.shopId, (doing) => takeUp(dialect, doing, holder, found))
      return found
    },

    async comeIn(holder) {
      // A proof's own token is another one soon: what comes after shows the chat's alone.
      const byToken = { ...holder, visitor: null }
      const opened = await lookFor(handle, byToken, 'write')
      const found = opened ?? (await find(holder, 'read'))
      if (found.isBlocked) throw blocked()
      const isNew = (await findNewcomer(handle, holder, found)) !== null
      if (isNew) await perform(found.shopId, (doing) => takeUp(dialect, doing, holder, found))
      const own = isNew ? await lookFor(handle, byToken, 'write') : opened
      if (own === undefined) return { conversation: found, holder, isGuest: true }
      return { conversation: own, holder: byToken, isGuest: false }
    },
  }
}

/** Of whoever was blocked. */
export function blocked(): Refusal {
  return new Refusal('forbidden', 'The shop takes no messages from here')
}

function noSuch(): Refusal {
  return new Refusal('not_found', 'There is no such conversation')
}
