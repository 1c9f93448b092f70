import type { Texts } from '../texts.ts'

export const data = {
  'nav.data': 'Export and deletion',
  'data.title': 'Export and deletion',
  'data.intro': 'What your shop knows is yours: take all of it along, or have it erased.',
  'data.export.title': 'Export everything',
  'data.export.text':
    'One file with every table of this shop: customers, orders, events, products, experiences, members and the audit log. A line of JSON a row; secrets are left out. It goes on while you work, and may take a while.',
  'data.export.action': 'Download the export',
  'data.export.begun': 'The download has begun',

  'data.delete.title': 'Delete the shop',
  'data.delete.text':
    'Ends the shop for everybody at once, and erases all that is stored of it. Only owners can do this, and nobody can undo it. Export it first if you may want something of it.',
  'data.delete.open': 'Delete this shop',
  'data.delete.dialog': 'Delete {shop}',
  'data.delete.lost':
    'From this moment its snippet, keys and members open nothing any more. Customers, orders, events, products and experiences are erased within minutes to hours, as many as there are. That it was deleted, and by whom, stays in its audit log on the server.',
  'data.delete.name': 'Write “{shop}” to confirm',
  'data.delete.fault': 'This is not the name of the shop.',
  'data.delete.action': 'Delete for ever',

  'deletion.title': 'Erasing {shop}',
  'deletion.title.done': '{shop} is erased',
  'deletion.bar': 'Erasing',
  'deletion.waiting': 'The shop is closed. Erasing begins within seconds.',
  'deletion.erasing': ['{n} row erased so far.', '{n} rows erased so far.'],
  'deletion.failed':
    'It stopped after {n} rows. Whoever runs the server finds why in its log; begun again, it goes on from here.',
  'deletion.done': ['All of it is gone: {n} row.', 'All of it is gone: {n} rows.'],
  'deletion.leave': 'You can leave this page: it goes on by itself.',
  'deletion.kept': 'Its audit log stays on the server, and says who deleted it.',
  'deletion.go_on': 'Go to your shops',
  'deletion.unknown.title': 'Nothing to tell',
  'deletion.unknown.text':
    'This deletion was over more than a day ago, or the address is incomplete.',
} as const satisfies Texts
