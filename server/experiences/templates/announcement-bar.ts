import { EVERYBODY } from './conditions.ts'
import type { Template } from './template.ts'

export const announcementBar: Template = {
  key: 'announcement-bar',
  name: 'Announcement bar',
  description:
    'One line at the top of every page, with a link, until it is closed. Put your own news and its address here.',
  experience: {
    key: 'announcement',
    name: 'Announcement bar',
    kind: 'popup',
    priority: 20,
    targeting: EVERYBODY,
    triggers: [{ on: 'load' }],
    frequency: { per: 'pageView', stopAfter: ['closing'] },
    content: {
      layout: { kind: 'bar', edge: 'top' },
      label: { en: 'News', es: 'Novedades', pt: 'Novidades', vi: 'Tin mới' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'text',
            text: {
              en: 'New in our shop this week',
              es: 'Nuevo en la tienda esta semana',
              pt: 'Novidades na loja esta semana',
              vi: 'Hàng mới về tuần này',
            },
          },
          {
            kind: 'button',
            text: {
              en: 'See what is new',
              es: 'Ver lo nuevo',
              pt: 'Ver as novidades',
              vi: 'Xem hàng mới',
            },
            action: { do: 'link', url: '/new' },
            look: 'secondary',
          },
        ],
      },
    },
  },
}
