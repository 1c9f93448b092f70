/** Every text of the console. `{n}`-like places are filled in; a message in two forms is chosen by its `{n}`. */
export const en = {
  'state.opening': 'Opening',
  'state.connecting': 'Connecting',
  'state.live': 'Live',
  'state.paused': 'Paused',
  'state.reconnecting': 'Connection lost, trying again',
  'state.restarting': 'The server is restarting',

  'closed.link_spent.title': 'This link has been used, or has expired',
  'closed.signed_out.title': 'This page opens with a link',
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
} as const satisfies Record<string, string | readonly [one: string, other: string]>

export type MessageKey = keyof typeof en
export type Messages = {
  readonly [Key in MessageKey]: (typeof en)[Key] extends string
    ? string
    : readonly [one: string, other: string]
}
