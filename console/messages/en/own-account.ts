import type { Texts } from '../texts.ts'

/** The page of one's own account. */
export const ownAccount = {
  'own_account.title': 'Your account',
  'own_account.intro': 'The same in every shop that you belong to.',

  'profile.title': 'Profile',
  'profile.text': 'Who you are to the other members, and to visitors.',
  'profile.photo': 'Photo',
  'profile.photo.choose': 'Choose a photo',
  'profile.photo.change': 'Change',
  'profile.photo.remove': 'Remove',
  'profile.photo.hint': 'PNG, JPEG or WebP. It is made smaller before it is sent.',
  'profile.photo.changed': 'Photo changed',
  'profile.photo.removed': 'Photo removed',
  'profile.name': 'Name',
  'profile.alias': 'Alias',
  'profile.alias.hint':
    'What visitors see in the place of your name. Leave it empty to show your name.',
  'profile.email': 'E-mail',
  'profile.email.hint': 'You sign in with it. It can’t be changed here.',
  'profile.languages': 'Languages you speak',
  'profile.languages.hint': 'The first is the one mails to you are written in.',
  'profile.languages.first': 'first',
  'profile.languages.prefer': 'Put first',
  'profile.languages.prefer.label': 'Put first: {language}',
  'profile.languages.remove.label': 'Remove {language}',
  'profile.languages.add': 'Add a language',
  'profile.time_zone': 'Time zone',
  'profile.time_zone.browser': 'This browser’s: {zone}',
  'profile.save': 'Save profile',
  'profile.discard': 'Discard changes',
  'profile.saved': 'Profile saved',

  'pick.none': 'Nothing is called “{text}”',
  'pick.found': ['{n} found', '{n} found'],

  'password.title': 'Password',
  'password.text': 'Changing it ends every other session of yours, in every browser.',
  'password.present': 'Present password',
  'password.action': 'Change password',
  'password.changed': 'Password changed. All your other sessions have ended.',

  'second_factor.title': 'Second step',
  'second_factor.text':
    'A code from an app on your phone, beside the password. Who learns your password still can’t sign in.',
  'second_factor.off': 'Off',
  'second_factor.on': 'On',
  'second_factor.set_up': 'Set up',
  'second_factor.codes_left': [
    '{n} recovery code left, for when you have no phone.',
    '{n} recovery codes left, for when you have no phone.',
  ],
  'second_factor.codes_none': 'No recovery code is left. Without your phone you could not sign in.',
  'second_factor.remove': 'Switch off',

  'second_factor.scan.title': 'Set up the second step',
  'second_factor.scan.text':
    'Scan this with an authenticator app, such as Google Authenticator, 1Password or Aegis.',
  'second_factor.scan.qr': 'QR code of the key below',
  'second_factor.scan.key': 'Or type this key into it',
  'second_factor.scan.copy': 'Copy key',
  'second_factor.scan.code': 'The six digits that the app shows now',
  'second_factor.scan.confirm': 'Switch on',
  'second_factor.scan.ends': 'Your other sessions end when it is switched on.',

  'second_factor.codes.title': 'Keep your recovery codes',
  'second_factor.codes.text':
    'Each lets you in once without your phone. They are shown this once: keep them where you keep passwords.',
  'second_factor.codes.copy': 'Copy codes',
  'second_factor.codes.download': 'Download',
  'second_factor.codes.file': 'granplaza-recovery-codes.txt',
  'second_factor.codes.done': 'I have kept them',

  'second_factor.renew.title': 'Make new recovery codes',
  'second_factor.renew.text': 'The codes you have now stop working at once.',
  'second_factor.renew.action': 'Make new codes',
  'second_factor.remove.title': 'Switch off the second step',
  'second_factor.remove.text':
    'Your password alone will be enough to sign in, and your recovery codes stop working.',
  'second_factor.turned_on': 'The second step is on',
  'second_factor.turned_off': 'The second step is off',

  'sessions.title': 'Sessions',
  'sessions.text': 'Where you are signed in. End what you don’t know, and change your password.',
  'sessions.this': 'This one',
  'sessions.device': '{browser} on {os}',
  'sessions.unknown_device': 'Unknown browser',
  'sessions.address': 'Addresses like {address}',
  'sessions.used': 'Used',
  'sessions.since': 'Signed in',
  'sessions.end': 'End',
  'sessions.end.label': 'End the session of {device}',
  'sessions.end_others': 'End all others',
  'sessions.ended': 'Session ended',
  'sessions.others_ended': 'All other sessions ended',

  'shops.yours.title': 'Shops',
  'shops.yours.text': 'Where you are a member.',
  'shops.leave': 'Leave',
  'shops.leave.label': 'Leave {shop}',
  'leaving.title': 'Leave {shop}',
  'leaving.text':
    'You lose access at once, and secret keys that you made stop working. To come back, you need an invitation. Your account stays.',
  'leaving.action': 'Leave {shop}',
  'leaving.last_owner':
    'You are the last owner, and a shop keeps one. Make somebody else an owner first: Members, Change roles.',
  'leaving.done': 'You have left {shop}',

  'fault.name_long': 'Too long: it takes at most 100 characters.',
  'fault.language': 'One of these languages is not known.',
  'fault.time_zone': 'This time zone is not known. Pick another.',
  'fault.password_changed': 'The password was just changed elsewhere. Sign in with that one.',
  'fault.code_digits': 'Write the six digits that the app shows.',
  'fault.second_factor_conflict': 'This was changed elsewhere meanwhile. Reload the page.',
  'fault.photo_type': 'This is no picture that can be read. Take a PNG, JPEG or WebP.',
  'fault.photo_large': 'This picture is too large. Take a smaller one.',
} as const satisfies Texts
