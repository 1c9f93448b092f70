import { mayOpen, PAGES } from '../pages.ts'
import { navigate } from '../router.ts'
import type { Session } from '../session.ts'
import type { Words } from '../words.ts'
import type { PaletteEntry } from './palette-model.ts'
import { THEMES, type ThemeChoice } from './theme.ts'
import { THEME_ICONS } from './theme-icons.ts'

interface PaletteEntriesDeps {
  readonly session: Session
  readonly words: Words
  readonly theme: ThemeChoice
  readonly switchShop: (key: string) => void
  readonly signOut: () => void
}

/** Everywhere one can go, and what can be done from anywhere. */
export function paletteEntries(deps: PaletteEntriesDeps): readonly PaletteEntry[] {
  const { session, theme } = deps
  const { t } = deps.words
  const { shop, account } = session
  return [
    ...PAGES.filter((page) => page.isOfOne !== true && mayOpen(shop, page)).map(
      ({ path, label, icon }) => ({
        key: path,
        label: t(label),
        kind: t('palette.page'),
        icon,
        run: () => navigate(path),
      }),
    ),
    ...account.shops
      .filter(({ key }) => key !== shop.key)
      .map(({ key, name }) => ({
        key,
        label: name,
        kind: t('palette.shop'),
        icon: 'box' as const,
        run: () => deps.switchShop(key),
      })),
    ...THEMES.filter((known) => known !== theme.theme.value).map((known) => ({
      key: `theme ${known}`,
      label: t('palette.theme', { theme: t(`theme.${known}`) }),
      kind: t('palette.action'),
      icon: THEME_ICONS[known],
      run: () => theme.choose(known),
    })),
    {
      key: 'sign out',
      label: t('sign_out.action'),
      kind: t('palette.action'),
      icon: 'leave',
      run: deps.signOut,
    },
  ]
}
