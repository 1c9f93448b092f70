import type { Texts } from '../texts.ts'

export const ui = {
  'ui.optional': '(optional)',
  'ui.close': 'Close',
  'ui.cancel': 'Cancel',
  'ui.save': 'Save',
  'ui.saved': 'Saved',
  'ui.undo': 'Undo',
  'ui.dismiss': 'Dismiss',
  'ui.copied': 'Copied',
  'ui.not_copied': 'The browser does not allow it: select the text and copy it.',
  'ui.loading': 'Loading',
  'ui.not_read': 'This could not be read',
  'ui.try_again': 'Try again',
  'ui.more': 'Show more',
  'ui.actions': 'Actions',

  'refusal.forbidden': 'Your role in this shop does not allow it. Ask an owner of the shop.',
  'refusal.not_found': 'It is not there any more. Somebody may have removed it.',
  'refusal.conflict': 'It was changed meanwhile. Look at it again, then try once more.',
  'refusal.full': 'There are as many as there may be. Remove one first.',
  'refusal.too_large': 'It is too large.',
  'refusal.bad_request': 'Something that was filled in can’t be taken as it is.',
  'refusal.sign_in_again': 'Nothing was done: it needs your password.',
} as const satisfies Texts
