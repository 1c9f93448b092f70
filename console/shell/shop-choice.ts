import { signal, type ReadonlySignal } from '@preact/signals'
import type { OwnShop } from '#protocol/account.ts'

/** Which shop this tab looks at, by its public key. */
export interface ShopChoice {
  /** As far as it was ever chosen; it need not be one of the member's any more. */
  readonly key: ReadonlySignal<string | undefined>
  readonly choose: (key: string) => void
}

type Memory = Pick<Storage, 'getItem' | 'setItem'>

interface ShopChoiceDeps {
  /** By the address. */
  readonly named: string | null
  /** Two tabs may look at two shops, each also after a reload. */
  readonly tab: Memory
  /** A new tab begins with what was chosen last in any. */
  readonly browser: Memory
}

const NAME = 'gp.console.shop'

export function createShopChoice({ named, tab, browser }: ShopChoiceDeps): ShopChoice {
  const key = signal(named ?? tab.getItem(NAME) ?? browser.getItem(NAME) ?? undefined)

  function choose(chosen: string): void {
    key.value = chosen
    tab.setItem(NAME, chosen)
    browser.setItem(NAME, chosen)
  }

  if (named !== null) choose(named)
  return { key, choose }
}

/** Whoever just joined a shop is asked which one to look at. */
export function forgetShop(...memories: readonly Pick<Storage, 'removeItem'>[]): void {
  for (const memory of memories) memory.removeItem(NAME)
}

/** The chosen one, or the only one; `undefined`: it must be chosen. */
export function shopOf(shops: readonly OwnShop[], key: string | undefined): OwnShop | undefined {
  return shops.find((shop) => shop.key === key) ?? (shops.length === 1 ? shops[0] : undefined)
}
