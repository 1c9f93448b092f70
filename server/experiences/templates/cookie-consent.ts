import type { Condition } from '#protocol/targeting.ts'
import type { Template } from './template.ts'

const NOT_CHOSEN: Condition = { kind: 'consentChoice', is: 'open' }

export const cookieConsent: Template = {
  key: 'cookie-consent',
  name: 'Cookie consent',
  description:
    'Asks what may be stored, at the bottom of every page, until the visitor has chosen; nothing is stored before. Link your privacy page. Where Settings, Consent says “Send nothing”, no experience can be shown before the choice, this one neither.',
  experience: {
    key: 'cookie-consent',
    name: 'Cookie consent',
    kind: 'popup',
    priority: 900,
    targeting: NOT_CHOSEN,
    triggers: [{ on: 'load' }],
    frequency: { per: 'pageView' },
    content: {
      layout: { kind: 'bar', edge: 'bottom' },
      label: { en: 'Cookies', es: 'Cookies', pt: 'Cookies', vi: 'Cookie' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'text',
            text: {
              en: 'May we store what you do here, to improve the shop and show you what fits?',
              es: '¿Podemos guardar lo que haces aquí, para mejorar la tienda y mostrarte lo que te sirve?',
              pt: 'Podemos guardar o que você faz aqui, para melhorar a loja e mostrar o que combina com você?',
              vi: 'Chúng tôi có thể lưu những gì bạn làm ở đây để cải thiện cửa hàng và gợi ý phù hợp không?',
            },
          },
          {
            kind: 'button',
            text: {
              en: 'Accept',
              es: 'Aceptar',
              pt: 'Aceitar',
              vi: 'Đồng ý',
            },
            action: { do: 'consent', allows: ['statistics', 'personalisation', 'marketing'] },
          },
          // To refuse is as easy as to accept, and looks alike.
          {
            kind: 'button',
            text: {
              en: 'Only necessary',
              es: 'Solo lo necesario',
              pt: 'Apenas o necessário',
              vi: 'Chỉ mục cần thiết',
            },
            action: { do: 'consent', allows: [] },
          },
          {
            kind: 'button',
            text: {
              en: 'Privacy',
              es: 'Privacidad',
              pt: 'Privacidade',
              vi: 'Quyền riêng tư',
            },
            action: { do: 'link', url: '/privacy' },
            look: 'quiet',
          },
        ],
      },
    },
  },
}
