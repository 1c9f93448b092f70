import { EVERYBODY } from './conditions.ts'
import type { Template } from './template.ts'

export const ageGate: Template = {
  key: 'age-gate',
  name: 'Age gate',
  description:
    'Asks for the age before anything else, on every page until it is answered. Put the age that your law asks for, what it is asked for, and where those go who are younger.',
  experience: {
    key: 'age-gate',
    name: 'Age gate',
    kind: 'popup',
    priority: 1_000,
    targeting: EVERYBODY,
    triggers: [{ on: 'load' }],
    frequency: { per: 'pageView', stopAfter: ['closing'] },
    content: {
      layout: { kind: 'modal' },
      canClose: false,
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'heading',
            text: {
              en: 'Are you 18 or older?',
              es: '¿Tienes 18 años o más?',
              pt: 'Você tem 18 anos ou mais?',
              vi: 'Bạn đã đủ 18 tuổi chưa?',
            },
          },
          {
            kind: 'text',
            text: {
              en: 'We sell drinks that contain alcohol. By law we have to ask.',
              es: 'Vendemos bebidas con alcohol. La ley nos obliga a preguntar.',
              pt: 'Vendemos bebidas alcoólicas. A lei nos obriga a perguntar.',
              vi: 'Chúng tôi bán đồ uống có cồn. Theo luật, chúng tôi phải hỏi.',
            },
          },
          {
            kind: 'button',
            text: {
              en: 'Yes, I am 18 or older',
              es: 'Sí, tengo 18 años o más',
              pt: 'Sim, tenho 18 anos ou mais',
              vi: 'Rồi, tôi đã đủ 18 tuổi',
            },
            action: { do: 'close' },
          },
          {
            kind: 'button',
            text: {
              en: 'No, I am younger',
              es: 'No, soy menor',
              pt: 'Não, sou menor',
              vi: 'Chưa, tôi nhỏ tuổi hơn',
            },
            action: { do: 'link', url: '/under-age' },
            look: 'secondary',
          },
        ],
      },
    },
  },
}
