import type { Texts } from '../texts.ts'

export const shell = {
  'nav.label': 'Pages',
  'nav.skip': 'Skip to content',
  'nav.open': 'Open menu',
  'nav.shop': 'Shop',
  'nav.settings': 'Settings',
  'nav.home': 'Home',
  'nav.live': 'Live',

  'switcher.label': 'Shop: {shop}. Switch shop',
  'account.label': 'Account: {name}',
  'account.own': 'Your account',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.system': 'As the system',

  'home.title': 'Home',

  'missing.title': 'There is no such page',
  'missing.text': 'The address may be mistyped, or the page is in another shop.',
  'missing.action': 'Go to home',
  'no_access.title': 'Your role does not show this page',
  'no_access.text': 'It needs the role {roles}. An owner of {shop} can give it to you.',
  'broken.title': 'The page could not be loaded',
  'broken.text': 'The console may have been updated. Load it again.',
  'broken.action': 'Load again',
  'offline.title': 'The server can’t be reached. Trying again…',
} as const satisfies Texts
