import { NOT_PAYING } from './conditions.ts'
import type { Template } from './template.ts'

export const productLaunch: Template = {
  key: 'product-launch',
  name: 'Product launch',
  description:
    'Tells of something new in a corner, to whoever reads on. Put its name and address here; a picture of it says more.',
  experience: {
    key: 'product-launch',
    name: 'Product launch',
    kind: 'popup',
    priority: 40,
    targeting: NOT_PAYING,
    triggers: [
      { on: 'scroll', percent: 30 },
      { on: 'delay', seconds: 15 },
    ],
    frequency: { per: 'week', stopAfter: ['closing', 'converting'] },
    content: {
      layout: { kind: 'slideIn', corner: 'end' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'heading',
            text: {
              en: 'Just arrived',
              es: 'Acaba de llegar',
              pt: 'Acabou de chegar',
              vi: 'Vừa về hàng',
            },
          },
          {
            kind: 'text',
            text: {
              en: 'Our newest product is in the shop from today.',
              es: 'Nuestro producto más nuevo ya está en la tienda.',
              pt: 'Nosso produto mais novo já está na loja.',
              vi: 'Sản phẩm mới nhất của chúng tôi đã có mặt từ hôm nay.',
            },
          },
          {
            kind: 'button',
            text: {
              en: 'See it',
              es: 'Verlo',
              pt: 'Ver agora',
              vi: 'Xem ngay',
            },
            action: { do: 'link', url: '/new' },
          },
        ],
      },
    },
  },
}
