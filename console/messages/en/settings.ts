import type { Texts } from '../texts.ts'

export const settings = {
  'settings.title': 'General',
  'settings.discard': 'Discard changes',
  'settings.restored': 'As it was before',
  'settings.done': 'Done',
  'settings.all': 'All',

  'settings.shop.title': 'Shop',
  'settings.shop.text': 'What it is called, and what it counts in.',
  'settings.name': 'Name',
  'settings.name.hint': 'Customers may read it, in chats and mails.',
  'settings.currency': 'Currency',
  'settings.currency.hint': 'Of amounts that name none. Those that are stored stay as they are.',
  'settings.time_zone': 'Time zone',
  'settings.time_zone.hint': 'Whose days and hours conditions and figures mean.',

  'settings.consent.title': 'Consent',
  'settings.consent.text':
    'What is sent before a visitor has chosen. Your consent banner says the rest, with gp.consent().',
  'settings.consent.legend': 'Before a visitor has chosen',
  'settings.consent.off': 'Send nothing',
  'settings.consent.off.text':
    'Events wait in the page, at most 100, and go only if the visitor agrees.',
  'settings.consent.anonymous': 'Send without identifier',
  'settings.consent.anonymous.text':
    'Nothing that names the visitor is sent, and nothing is stored in the browser.',
  'settings.consent.full': 'Send as if they had agreed',
  'settings.consent.full.text':
    'For shops that no such law applies to, or that have another legal ground.',
  'settings.consent.guide': 'How consent works',

  'settings.identity.title': 'Identity',
  'settings.identity.text': 'Whether pages may say by themselves who a visitor is.',
  'settings.identity.legend': 'A user id counts',
  'settings.rule.open': 'As the page says it',
  'settings.rule.open.text':
    'Enough to try things out. Anyone can write somebody else’s id, yet is told nothing of theirs.',
  'settings.rule.required': 'With a proof of your server',
  'settings.rule.required.text': 'An id without its signature stays a note on the visitor.',
  'settings.proof.legend': 'Tokens (JWT) are signed with',
  'settings.proof.secret': 'The identity secret',
  'settings.proof.secret.text': 'HS256. The same secret signs user ids without a token.',
  'settings.proof.key': 'A key of your own',
  'settings.proof.key.text': 'EdDSA. Only its public half is kept here.',
  'settings.public_key': 'Public key',
  'settings.public_key.hint':
    'Ed25519, in PEM: the text from -----BEGIN PUBLIC KEY----- to the end.',
  'settings.identity.guide': 'Samples in PHP, Node and Python',

  'settings.secret.title': 'Identity secret',
  'settings.secret.text':
    'Signs user ids on your server. Keep it there: whoever has it can pass for any customer.',
  'settings.secret.made': 'There is one. It can’t be shown again, only replaced.',
  'settings.secret.none': 'None has been made yet.',
  'settings.secret.make': 'Make a secret',
  'settings.secret.replace': 'Replace the secret',
  'settings.secret.owner': 'Only an owner can make one.',
  'settings.secret.consequence':
    'The present secret counts until the new one is replaced in its turn, so your server can change over in peace. The one before the present stops at once.',
  'settings.secret.first': 'It is shown once. Put it into your server’s settings.',
  'settings.secret.new': 'The new identity secret',
  'settings.once': 'Copy it now. It isn’t shown again.',
  'settings.secret.copy': 'Copy secret',

  'settings.fault.name': 'Write a name of at most 200 characters.',
  'settings.fault.currency': 'The server does not know this currency. Choose another.',
  'settings.fault.time_zone': 'The server does not know this time zone. Choose another.',
  'settings.fault.public_key':
    'This is no public Ed25519 key. Paste all of the file that ends in .pub or .pem.',

  'settings.languages.title': 'Languages',
  'settings.languages.text':
    'What your shop speaks. The first is taken where nobody’s own language decides, as in invitations.',
  'settings.languages.legend': 'Languages of the shop',
  'settings.languages.hint': 'Find it by its name, in your language or its own.',

  'settings.retention.title': 'Retention',
  'settings.retention.text':
    'How long events and sessions are kept. What is older is deleted every night, for good.',
  'settings.retention.label': 'Keep events and sessions for',
  'settings.retention.keep': 'Always',
  'settings.retention.months': ['{n} month', '{n} months'],
  'settings.retention.kept': 'Nothing is deleted.',
  'settings.retention.counting': 'Counting what would be deleted…',
  'settings.retention.before': 'What arrived before {day} is deleted',
  'settings.retention.rows': 'By now that is {events} events and {sessions} sessions.',
  'settings.retention.nothing': 'By now that is nothing.',
  'settings.retention.when': 'Next time: {at}',
  'settings.retention.untouched':
    'Profiles keep what they have counted. Orders, customers and consents stay. The audit log says what was deleted, and why.',
  'settings.retention.guide': 'What is kept, and for how long',
} as const satisfies Texts
