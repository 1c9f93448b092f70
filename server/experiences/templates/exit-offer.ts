import { HAS_CART, NOT_PAYING } from './conditions.ts'
import type { Template } from './template.ts'

export const exitOffer: Template = {
  key: 'exit-offer',
  name: 'Exit offer',
  description:
    'Offers a coupon to somebody who is about to leave with a filled cart. Make the coupon in your shop first, and put its code and what it is worth here.',
  experience: {
    key: 'exit-offer',
    name: 'Exit offer',
    kind: 'popup',
    priority: 200,
    targeting: { kind: 'all', of: [HAS_CART, NOT_PAYING] },
    triggers: [{ on: 'exit' }],
    frequency: { per: 'month', stopAfter: ['converting'] },
    goal: { withinDays: 3 },
    content: {
      layout: { kind: 'modal' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'heading',
            text: {
              en: '10% off what is in your cart',
              es: '10 % en lo que llevas en el carrito',
              pt: '10% no que está no seu carrinho',
              vi: 'Giảm 10% cho giỏ hàng của bạn',
            },
          },
          {
            kind: 'text',
            text: {
              en: 'Enter this code at checkout.',
              es: 'Escribe este código al pagar.',
              pt: 'Digite este código ao finalizar a compra.',
              vi: 'Nhập mã này khi thanh toán.',
            },
          },
          {
            kind: 'coupon',
            code: 'CART10',
            label: { en: 'Your code', es: 'Tu código', pt: 'Seu código', vi: 'Mã của bạn' },
          },
          {
            kind: 'button',
            text: {
              en: 'Go to checkout',
              es: 'Ir a pagar',
              pt: 'Finalizar compra',
              vi: 'Thanh toán',
            },
            action: { do: 'link', url: '/checkout' },
          },
          {
            kind: 'button',
            text: {
              en: 'Keep looking around',
              es: 'Seguir mirando',
              pt: 'Continuar olhando',
              vi: 'Xem tiếp',
            },
            action: { do: 'close' },
            look: 'quiet',
          },
        ],
      },
    },
  },
}
