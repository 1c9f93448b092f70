import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals'
import type { OwnAccount } from '#protocol/account.ts'
import type { Reply } from '../api.ts'
import type { Gate } from '../gate.ts'
import { sessionOf, type Session } from '../session.ts'
import { shopOf, type ShopChoice } from './shop-choice.ts'

/** `choosing`: of several shops none was chosen yet, or there is none. `failed`: the server did not say who is here. */
export type AppPhase = 'opening' | 'signed_out' | 'failed' | 'choosing' | 'open'

/** Who is at the console, and at which shop. */
export interface AppModel extends Gate {
  readonly phase: ReadonlySignal<AppPhase>
  readonly account: ReadonlySignal<OwnAccount | undefined>
  /** While `open`. */
  readonly session: ReadonlySignal<Session | undefined>
  /** The server does not answer; it is asked again by itself. */
  readonly isLost: ReadonlySignal<boolean>
  /** Somebody must say again who they are, before what they wanted is done. */
  readonly isAskingAgain: ReadonlySignal<boolean>
  /** The name of the shop that was looked at, once it is the member's no more. */
  readonly goneShop: ReadonlySignal<string | undefined>

  readonly open: () => Promise<void>
  readonly switchShop: (key: string) => void
  /** Ends the question of `isAskingAgain`. */
  readonly answerAgain: (isProven: boolean) => void
}

interface AppModelDeps {
  readonly choice: ShopChoice
  readonly readAccount: () => Promise<Reply<OwnAccount>>
  /** From now on, requests are about this shop. */
  readonly nameShop: (key: string) => void
  readonly isAlive: () => Promise<boolean>
  /** The server answers again: what could not be read can be. */
  readonly onBack: () => void
  /** Somebody else is signed in by now: what was read for the one before must not be seen. */
  readonly onOtherMember: () => void
  readonly now: () => number
  /** Runs `act` later. */
  readonly after: (ms: number, act: () => void) => void
}

const ASK_AGAIN_MS = 3_000
/** A page that misses several things at once asks once whether its shop is there still. */
const MISSED_AGAIN_MS = 5_000

export function createAppModel(deps: AppModelDeps): AppModel {
  const { choice } = deps
  const account = signal<OwnAccount | undefined>(undefined)
  const without = signal<'opening' | 'signed_out' | 'failed'>('opening')
  const isLost = signal(false)
  const isAskingAgain = signal(false)
  const goneShop = signal<string | undefined>(undefined)
  const session = computed(() => {
    const who = account.value
    // Another shop is not shown in the place of the one that has gone: somebody would write into it.
    if (goneShop.value !== undefined) return undefined
    const shop = who && shopOf(who.shops, choice.key.value)
    return who && shop && sessionOf(who, shop)
  })
  const phase = computed((): AppPhase => {
    if (account.value === undefined) return without.value
    return session.value === undefined ? 'choosing' : 'open'
  })
  let missedAt = -Infinity
  let answer: ((isProven: boolean) => void) | undefined

  // Before anything that is drawn for the shop asks something of it.
  effect(() => {
    if (session.value !== undefined) deps.nameShop(session.value.shop.key)
  })

  async function read(): Promise<void> {
    const reply = await deps.readAccount()
    if (reply.refusal === undefined) take(reply.value)
    else if (reply.refusal === 'sign_in') signedOut()
    else if (account.value === undefined) without.value = 'failed'
    if (reply.refusal === 'offline') lost()
  }

  function take(found: OwnAccount): void {
    if (account.value !== undefined && account.value.id !== found.id) return deps.onOtherMember()
    const shown = session.value?.shop
    batch(() => {
      if (shown !== undefined && !found.shops.some(({ key }) => key === shown.key)) {
        goneShop.value = shown.name
      }
      account.value = found
    })
  }

  function missed(): void {
    const at = deps.now()
    if (at - missedAt < MISSED_AGAIN_MS) return
    missedAt = at
    void read()
  }

  function signedOut(): void {
    without.value = 'signed_out'
    account.value = undefined
    answerAgain(false)
  }

  function lost(): void {
    if (isLost.value) return
    isLost.value = true
    deps.after(ASK_AGAIN_MS, () => void askAgain())
  }

  async function askAgain(): Promise<void> {
    if (!(await deps.isAlive())) return deps.after(ASK_AGAIN_MS, () => void askAgain())
    isLost.value = false
    if (account.value === undefined) await read()
    deps.onBack()
  }

  function answerAgain(isProven: boolean): void {
    isAskingAgain.value = false
    answer?.(isProven)
    answer = undefined
  }

  return {
    phase,
    account,
    session,
    isLost,
    isAskingAgain,
    goneShop,
    open: read,
    renewAccount: read,
    signedOut,
    missed,
    lost,
    answerAgain,
    switchShop: choice.choose,
    signInAgain() {
      answer?.(false)
      isAskingAgain.value = true
      return new Promise((resolve) => {
        answer = resolve
      })
    },
  }
}
