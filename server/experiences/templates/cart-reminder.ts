import { HAS_CART, NOT_PAYING } from './conditions.ts'
import type { Template } from './template.ts'

/** `cartUrl`: where the shop shows the cart. */
export function cartReminder(cartUrl: string): Template {
  return {
    key: 'cart-reminder',
    name: 'Cart reminder',
    description:
      'Shows what is in the cart to somebody who is about to leave. Put the address of your cart page here.',
    experience: {
      key: 'cart-reminder',
      name: 'Cart reminder',
      kind: 'popup',
      priority: 150,
      targeting: { kind: 'all', of: [HAS_CART, NOT_PAYING] },
      triggers: [{ on: 'exit' }],
      frequency: { per: 'week', stopAfter: ['converting'] },
      goal: { withinDays: 3 },
      content: {
        layout: { kind: 'slideIn', corner: 'end' },
        design: {
          kind: 'blocks',
          blocks: [
            {
              kind: 'heading',
              text: {
                en: 'Your cart is not empty',
                es: 'Tu carrito no está vacío',
                pt: 'Seu carrinho não está vazio',
                vi: 'Giỏ hàng của bạn vẫn còn sản phẩm',
              },
            },
            { kind: 'product', of: 'cart' },
            {
              kind: 'button',
              text: {
                en: 'See my cart',
                es: 'Ver mi carrito',
                pt: 'Ver meu carrinho',
                vi: 'Xem giỏ hàng',
              },
              action: { do: 'link', url: cartUrl },
            },
            {
              kind: 'button',
              text: { en: 'Not now', es: 'Ahora no', pt: 'Agora não', vi: 'Để sau' },
              action: { do: 'close' },
              look: 'quiet',
            },
          ],
        },
      },
    },
  }
}
