import type { OwnShop } from '#protocol/account.ts'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { useWords } from '../words.ts'
import { Entry } from './parts/entry.tsx'
import { SignOut } from './parts/sign-out.tsx'

interface ShopsPageProps {
  readonly shops: readonly OwnShop[]
  /** The name of the one that was looked at and is theirs no more. */
  readonly gone: string | undefined
  readonly signOut: () => Promise<boolean>
}

/** For whoever belongs to several shops, or to none. */
export function ShopsPage({ shops, gone, signOut }: ShopsPageProps) {
  const { t, list } = useWords()
  const choose = t(shops.length === 0 ? 'shops.none.title' : 'shops.title')
  const title = gone === undefined ? choose : t('shops.gone.title', { shop: gone })
  return (
    <Entry title={title}>
      {gone !== undefined && <p role="alert">{t('shops.gone.text')}</p>}
      {shops.length === 0 && <p>{t('shops.none.text')}</p>}
      {gone !== undefined && shops.length > 0 && <h2 class="shops-others">{t('shops.others')}</h2>}
      {shops.length > 0 && (
        <ul class="shops">
          {shops.map(({ key, name, roles }) => (
            <li key={key}>
              <a href={addressOf(key)}>
                <strong>{name}</strong>
                <span>{list(roles.map((role) => t(`role.${role}`)))}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <SignOut signOut={signOut} />
    </Entry>
  )
}

/** The shop is in the address, so that two tabs may show two of them, and a reload the same. */
function addressOf(shopKey: string): string {
  return `${CONSOLE_PATH}?shop=${encodeURIComponent(shopKey)}`
}
