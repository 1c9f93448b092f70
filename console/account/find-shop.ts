import type { OwnAccount, OwnShop } from '#protocol/account.ts'
import type { Reply } from '../api.ts'

/**
 * `one`: named in the address, or the only one. `choose`: one of several, or there is none. `unnamed`: nobody is signed
 * in, or by a one-time link, which knows its shop. `failed`: the server did not say.
 */
export type FoundShop =
  | { readonly kind: 'one'; readonly key: string; readonly shops: readonly OwnShop[] }
  | { readonly kind: 'choose'; readonly shops: readonly OwnShop[] }
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'failed' }

/** Which shop the page is about, for whoever is signed in. `wanted`: the public key that the address names. */
export async function findShop(
  readAccount: () => Promise<Reply<OwnAccount>>,
  wanted: string | null,
): Promise<FoundShop> {
  const account = await readAccount()
  if (account.refusal === 'sign_in') return { kind: 'unnamed' }
  if (account.refusal !== undefined) return { kind: 'failed' }
  const { shops } = account.value
  const only = shops.length === 1 ? shops[0] : undefined
  const found = shops.find(({ key }) => key === wanted) ?? only
  return found === undefined ? { kind: 'choose', shops } : { kind: 'one', key: found.key, shops }
}
