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
} as const satisfies Texts
