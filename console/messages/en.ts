import { failures } from './en/failures.ts'
import { feeds } from './en/feeds.ts'
import { explorer } from './en/explorer.ts'
import { people } from './en/people.ts'
import { shopLists } from './en/shop-lists.ts'
import { experiences } from './en/experiences.ts'
import { experienceEditor } from './en/experience-editor.ts'
import { experienceBlocks } from './en/experience-blocks.ts'
import { jobs } from './en/jobs.ts'
import { keys } from './en/keys.ts'
import { mail } from './en/mail.ts'
import { origins } from './en/origins.ts'
import { reports } from './en/reports.ts'
import { settings } from './en/settings.ts'
import { webhooks } from './en/webhooks.ts'
import { audiences } from './en/audiences.ts'
import { lists } from './en/lists.ts'
import { audit } from './en/audit.ts'
import { channels } from './en/channels.ts'
import { inbox } from './en/inbox.ts'
import { chart } from './en/chart.ts'
import { dashboard } from './en/dashboard.ts'
import { data } from './en/data.ts'
import { firstRun } from './en/first-run.ts'
import { install } from './en/install.ts'
import { members } from './en/members.ts'
import { ownAccount } from './en/own-account.ts'
import { shell } from './en/shell.ts'
import { targeting } from './en/targeting.ts'
import { ui } from './en/ui.ts'
import type { Texts, Translated } from './texts.ts'

/** Every text of the console. `{n}`-like places are filled in; a message in two forms is chosen by its `{n}`. */
export const en = {
  ...audiences,
  ...lists,
  ...audit,
  ...explorer,
  ...people,
  ...shopLists,
  ...channels,
  ...inbox,
  ...chart,
  ...dashboard,
  ...data,
  ...firstRun,
  ...install,
  ...shell,
  ...targeting,
  ...ui,
  ...failures,
  ...feeds,
  ...experiences,
  ...experienceEditor,
  ...experienceBlocks,
  ...jobs,
  ...keys,
  ...mail,
  ...origins,
  ...reports,
  ...settings,
  ...webhooks,

  'state.opening': 'Opening',
  'state.connecting': 'Connecting',
  'state.live': 'Live',
  'state.paused': 'Paused',
  'state.reconnecting': 'Connection lost, trying again',
  'state.restarting': 'The server is restarting',

  'closed.link_spent.title': 'This link has been used, or has expired',
  'closed.forbidden.title': 'Your role does not show this page',
  'closed.forbidden.text': 'Ask an owner of the shop for another role.',
  'closed.text':
    'A link opens the live page once, within 15 minutes. Print a new one where the server runs:',
  'closed.or': 'or start the server again with',
  'failed.title': 'The server can’t be reached',
  'failed.text': 'Check that it is running. This page tries again by itself.',
  'failed.retry': 'Try now',

  'live.title': 'Live',
  'live.stored': 'Stored today',
  'live.on_now': 'Visitors on now',
  'live.left_out': 'Left out today',
  'live.left_out.none': 'Nothing was left out.',
  'live.remarks': 'Stored with a remark',
  'live.on_now.note': 'in the last 5 minutes',

  'experiences.title': 'Experiences today',
  'experiences.name': 'Experience',
  'experiences.impressions': 'Seen',
  'experiences.clicks': 'Used',
  'experiences.closes': 'Closed',
  'experiences.submissions': 'Filled in',
  'experiences.conversions': 'Goals',

  'origins.title': 'Any site may send events with this shop’s key.',
  'origins.text': 'Before you go live, list where your shop is:',

  'list.title': 'Events, newest first',
  'list.filter': 'Filter by name',
  'list.clear': 'Clear filter',
  'list.pause': 'Pause',
  'list.resume': 'Resume',
  'list.waiting': ['{n} new', '{n} new'],
  'list.hint': 'In the list: j and k move, Enter opens',
  'list.none_match': 'No event of the last {n} has a name with “{text}”.',
  'list.announce': ['{n} new event', '{n} new events'],
  'list.loading': 'Loading events',

  'empty.title': 'Nothing has arrived yet',
  'empty.text': 'Open the demo shop and look around. What you do there appears here as it happens.',
  'empty.action': 'Open the demo shop',

  'event.page': 'Page viewed',
  'event.identify': 'Identified',
  'event.alias': 'Joined',
  'event.group': 'Grouped',
  'event.track': 'Event',
  'event.verified': 'Verified',
  'event.anonymous': 'anonymous',
  'event.at': 'Time',
  'event.url': 'Page',
  'event.id': 'Event',
  'event.visitor': 'Visitor',
  'event.device': 'Device',
  'event.properties': 'Properties',
  'event.no_properties': 'This event has no properties.',
  'event.now': 'now',

  'device.phone': 'phone',
  'device.tablet': 'tablet',
  'device.desktop': 'desktop',

  'page.home': 'home',
  'page.product': 'product',
  'page.category': 'category',
  'page.cart': 'cart',
  'page.checkout': 'checkout',
  'page.search': 'search',
  'page.thank-you': 'thank-you',
  'page.other': 'other',

  'reason.invalid': 'Not in the shape of an event',
  'reason.too_large': 'Too large',
  'reason.bad_user_id': 'The user id stands for nobody',
  'reason.bot': 'Came from a bot',
  'reason.no_consent': 'The visitor had not consented',
  'reason.future_time': 'Dated in the future; time of arrival taken',
  'reason.stripped_visitor': 'Stored without the visitor, for lack of consent',
  'reason.foreign_token': 'The visitor’s token was not the known one',

  'field.email': 'E-mail',
  'field.name': 'Your name',
  'field.password': 'Password',
  'field.new_password': 'New password',
  'field.new_password.rule':
    'At least 10 characters. Not one of the commonest, and not your e-mail address.',
  'field.code': 'Code',
  'field.code.hint': 'The six digits of your authenticator app, or one of your recovery codes.',
  'field.show': 'Show',
  'field.show.label': 'Show password',
  'field.hide': 'Hide',
  'field.hide.label': 'Hide password',

  'fault.name': 'Write your name.',
  'fault.email': 'Write an e-mail address, like ana@myshop.com.',
  'fault.password_missing': 'Write your password.',
  'fault.password_short': 'Too short: it takes at least 10 characters.',
  'fault.password_common': 'This password is one of the first to be guessed. Take another.',
  'fault.sign_in': 'E-mail or password is wrong.',
  'fault.code_short': 'Write the whole code.',
  'fault.code': 'This code is wrong, or was used before. Take the next one.',
  'fault.has_account':
    'This address has an account. Take another address, or print a link for it with npm run owner.',
  'fault.wait_seconds': [
    'Too many attempts. Wait {n} second, then try again.',
    'Too many attempts. Wait {n} seconds, then try again.',
  ],
  'fault.wait_minutes': [
    'Too many attempts. Wait {n} minute, then try again.',
    'Too many attempts. Wait {n} minutes, then try again.',
  ],
  'fault.offline': 'The server can’t be reached. Check that it is running, then try again.',
  'fault.server': 'The server could not do this. Try again.',

  'sign_in.title': 'Sign in',
  'sign_in.code.title': 'Second step',
  'sign_in.action': 'Sign in',
  'sign_in.back': 'Back to sign-in',
  'sign_in.no_account': 'No account yet? Print a link to one where the server runs:',
  'sign_out.action': 'Sign out',
  'sign_out.failed': 'Still signed in: the server can’t be reached.',

  'forgotten.action': 'Forgotten your password?',
  'forgotten.title': 'Get a new password',
  'forgotten.send': 'Send a link',
  'forgotten.asked.title': 'Look into your mail',
  'forgotten.asked.text':
    'If {email} has an account, a link to a new password is on its way. It is good for an hour.',
  'forgotten.asked.nothing':
    'No mail? Look into spam. Whoever runs the server can print a link for an owner:',

  'link.setup.title': 'Set up {shop}',
  'link.setup.text': 'Make your account. It owns the shop, and can invite others.',
  'link.setup.action': 'Make the account',
  'link.rescue.title': 'Get back into {shop}',
  'link.rescue.text': 'You become an owner, with a new password and without a second step.',
  'link.rescue.action': 'Set the password',
  'link.invitation.title': 'Join {shop}',
  'link.invitation.text': 'You are invited. Your role: {roles}.',
  'link.invitation.action': 'Join',
  'link.reset.title': 'Set a new password',
  'link.reset.text': 'It ends every session that is open. Then you sign in with it.',
  'link.reset.action': 'Set the password',
  'link.changed': 'Your password is changed. Sign in with the new one.',
  'link.spent.title': 'This link has been used, or has expired',
  'link.spent.text': 'Each link works once. If you have set your password with it, sign in.',
  'link.incomplete.title': 'This link is incomplete',
  'link.incomplete.text': 'Copy all of it, to the last character, and open it again.',
  'link.failed.title': 'The link can’t be looked up',
  'link.failed.text': 'The server can’t be reached. The link is still good.',
  'link.another': 'Invited? Ask for another invitation. An owner’s link is printed on the server:',

  'shops.title': 'Choose a shop',
  'shops.change': 'Change shop',
  'shops.none.title': 'You belong to no shop',
  'shops.none.text': 'Ask an owner of the shop to invite you.',

  'shops.gone.title': '{shop} is not here any more',
  'shops.gone.text': 'It was deleted, or you are no longer a member of it.',
  'shops.others': 'Your other shops',

  'role.owner': 'owner',
  'role.admin': 'admin',
  'role.operator': 'operator',
  'role.host': 'host',

  ...members,
  ...ownAccount,
} as const satisfies Texts

export type MessageKey = keyof typeof en
export type Messages = Translated<typeof en>
