import { pageAt } from '../../pages.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { LANGUAGE_NAMES, useWords } from '../../words.ts'
import { useTheme, THEMES } from '../theme.ts'
import { THEME_ICONS } from '../theme-icons.ts'

const OWN_ACCOUNT_PAGE = '/console/account'

interface AccountMenuProps {
  readonly onSignOut: () => void
  readonly onLanguage: (language: string) => void
  /** The bar of a phone has no room for words. */
  readonly isShort?: boolean
}

/** The member's own: account, how the console looks and speaks, sign-out. */
export function AccountMenu({ onSignOut, onLanguage, isShort = false }: AccountMenuProps) {
  const { t, language } = useWords()
  const { account } = useSession()
  const { theme, choose } = useTheme()
  const own: MenuItem = {
    key: 'account',
    label: t('account.own'),
    hint: account.email,
    icon: 'person',
    onSelect: () => navigate(OWN_ACCOUNT_PAGE),
  }
  const items: readonly MenuItem[] = [
    ...(pageAt(OWN_ACCOUNT_PAGE) === undefined ? [] : [own]),
    ...THEMES.map((known, at) => ({
      key: known,
      label: t(`theme.${known}`),
      icon: THEME_ICONS[known],
      isChecked: theme.value === known,
      isApart: at === 0,
      onSelect: () => choose(known),
    })),
    ...Object.entries(LANGUAGE_NAMES).map(([key, label], at) => ({
      key,
      label,
      icon: 'words' as const,
      isChecked: language === key,
      isApart: at === 0,
      onSelect: () => onLanguage(key),
    })),
    {
      key: 'sign out',
      label: t('sign_out.action'),
      icon: 'leave',
      isApart: true,
      onSelect: onSignOut,
    },
  ]
  return (
    <Menu
      class="account-button"
      placement={isShort ? 'bottom-end' : 'top-start'}
      name={t('account.label', { name: account.name })}
      items={items}
      label={
        <>
          <Icon name="person" />
          {!isShort && <span class="switcher-name">{account.name}</span>}
        </>
      }
    />
  )
}
