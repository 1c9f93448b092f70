import { NOT_PAYING } from './conditions.ts'
import type { Template } from './template.ts'

/** `code` is shown once the form was stored. */
export function newsletterCoupon(code: string): Template {
  return {
    key: 'newsletter-coupon',
    name: 'Newsletter with coupon',
    description:
      'Asks for an e-mail address and consent to news, and shows a coupon at once. Make the coupon in your shop first, and put its code and what it is worth here.',
    experience: {
      key: 'newsletter',
      name: 'Newsletter with coupon',
      kind: 'popup',
      priority: 100,
      targeting: NOT_PAYING,
      triggers: [{ on: 'delay', seconds: 20 }, { on: 'exit' }],
      frequency: { per: 'month', stopAfter: ['answering'] },
      content: {
        layout: { kind: 'modal' },
        design: {
          kind: 'blocks',
          blocks: [
            {
              kind: 'heading',
              text: {
                en: '10% off your first order',
                es: '10 % en tu primer pedido',
                pt: '10% no seu primeiro pedido',
                vi: 'Giảm 10% cho đơn hàng đầu tiên',
              },
            },
            {
              kind: 'text',
              text: {
                en: 'Sign up for our newsletter and see your code right here.',
                es: 'Suscríbete a nuestro boletín y verás tu código aquí mismo.',
                pt: 'Assine nossa newsletter e veja seu código aqui mesmo.',
                vi: 'Đăng ký nhận bản tin và xem mã của bạn ngay tại đây.',
              },
            },
            {
              kind: 'field',
              name: 'email',
              type: 'email',
              trait: 'email',
              isRequired: true,
              label: { en: 'E-mail', es: 'Correo electrónico', pt: 'E-mail', vi: 'Email' },
            },
            {
              kind: 'field',
              name: 'newsletter',
              type: 'checkbox',
              isRequired: true,
              label: {
                en: 'Send me news and offers by e-mail. I can unsubscribe at any time.',
                es: 'Envíenme novedades y ofertas por correo. Puedo darme de baja cuando quiera.',
                pt: 'Quero receber novidades e ofertas por e-mail. Posso cancelar quando quiser.',
                vi: 'Gửi tin mới và ưu đãi qua email cho tôi. Tôi có thể hủy đăng ký bất cứ lúc nào.',
              },
            },
            {
              kind: 'button',
              text: {
                en: 'Show my code',
                es: 'Ver mi código',
                pt: 'Ver meu código',
                vi: 'Xem mã của tôi',
              },
              action: { do: 'submit' },
            },
            {
              kind: 'button',
              text: {
                en: 'No, thanks',
                es: 'No, gracias',
                pt: 'Não, obrigado',
                vi: 'Không, cảm ơn',
              },
              action: { do: 'close' },
              look: 'quiet',
            },
          ],
          thanks: [
            {
              kind: 'heading',
              text: {
                en: 'Thank you',
                es: 'Gracias',
                pt: 'Obrigado',
                vi: 'Cảm ơn bạn',
              },
            },
            {
              kind: 'coupon',
              code,
              label: {
                en: 'Your code for 10% off',
                es: 'Tu código del 10 %',
                pt: 'Seu código de 10%',
                vi: 'Mã giảm 10% của bạn',
              },
            },
            {
              kind: 'text',
              text: {
                en: 'Enter it at checkout.',
                es: 'Escríbelo al pagar.',
                pt: 'Digite-o ao finalizar a compra.',
                vi: 'Nhập mã khi thanh toán.',
              },
            },
            {
              kind: 'button',
              text: {
                en: 'Continue shopping',
                es: 'Seguir comprando',
                pt: 'Continuar comprando',
                vi: 'Tiếp tục mua sắm',
              },
              action: { do: 'close' },
            },
          ],
        },
      },
    },
  }
}
