import { HAS_CART, NOT_PAYING } from './conditions.ts'
import type { Template } from './template.ts'

/** `threshold`: from where on shipping is free, minor units. */
export function freeShippingBar(threshold: {
  readonly amount: number
  readonly currency: string
}): Template {
  return {
    key: 'free-shipping-bar',
    name: 'Free-shipping bar',
    description:
      'Says how much a filled cart lacks for free shipping, and that it is reached. Put the amount from which your shipping is free here, in minor units of your currency.',
    experience: {
      key: 'free-shipping',
      name: 'Free-shipping bar',
      kind: 'popup',
      priority: 50,
      targeting: { kind: 'all', of: [HAS_CART, NOT_PAYING] },
      triggers: [{ on: 'load' }],
      frequency: { per: 'pageView', stopAfter: ['closing'] },
      content: {
        layout: { kind: 'bar', edge: 'bottom' },
        label: {
          en: 'Free shipping',
          es: 'Envío gratis',
          pt: 'Frete grátis',
          vi: 'Miễn phí vận chuyển',
        },
        design: {
          kind: 'blocks',
          blocks: [
            {
              kind: 'goal',
              ...threshold,
              left: {
                en: '{{left}} more and shipping is free',
                es: 'Te faltan {{left}} para el envío gratis',
                pt: 'Faltam {{left}} para o frete grátis',
                vi: 'Mua thêm {{left}} để được miễn phí vận chuyển',
              },
              reached: {
                en: 'Your shipping is free',
                es: 'Tu envío es gratis',
                pt: 'Seu frete é grátis',
                vi: 'Đơn hàng của bạn được miễn phí vận chuyển',
              },
            },
          ],
        },
      },
    },
  }
}
