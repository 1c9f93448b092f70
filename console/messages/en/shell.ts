import type { Texts } from '../texts.ts'

export const shell = {
  'nav.label': 'Pages',
  'nav.skip': 'Skip to content',
  'nav.open': 'Open menu',
  'nav.settings': 'Settings',
  'nav.home': 'Home',
  'nav.live': 'Live',

  'switcher.label': 'Shop: {shop}. Switch shop',
  'account.label': 'Account: {name}',
  'account.own': 'Your account',
  'again.title': 'Is it you?',
  'again.text': 'What you are about to do needs your password, since you signed in a while ago.',
  'again.action': 'Go on',
  'fault.password_wrong': 'That is not your password.',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.system': 'As the system',

  'palette.open': 'Search',
  'palette.title': 'Go anywhere',
  'palette.label': 'Search pages, shops and actions',
  'palette.none': 'Nothing is called so.',
  'palette.page': 'Page',
  'palette.shop': 'Shop',
  'palette.action': 'Action',
  'palette.theme': 'Theme: {theme}',

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
