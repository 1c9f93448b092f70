import { onPages } from './conditions.ts'
import { OPTIONAL_WORDS, SEND, THANKS } from './survey-blocks.ts'
import type { Template } from './template.ts'

export const survey: Template = {
  key: 'survey',
  name: 'Survey',
  description:
    'Asks one question after an order, with room for words. Put your own question and its answers here; read them under Results.',
  experience: {
    key: 'survey',
    name: 'Survey',
    kind: 'popup',
    priority: 30,
    targeting: onPages('thank-you'),
    triggers: [{ on: 'delay', seconds: 3 }],
    frequency: { per: 'month', stopAfter: ['answering'] },
    content: {
      layout: { kind: 'slideIn', corner: 'end' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'heading',
            text: {
              en: 'How did you hear of us?',
              es: '¿Cómo nos conociste?',
              pt: 'Como você nos conheceu?',
              vi: 'Bạn biết đến chúng tôi qua đâu?',
            },
          },
          {
            kind: 'field',
            name: 'source',
            type: 'choice',
            look: 'radios',
            isRequired: true,
            label: {
              en: 'Your answer',
              es: 'Tu respuesta',
              pt: 'Sua resposta',
              vi: 'Câu trả lời của bạn',
            },
            options: [
              option(
                'friends',
                'Friends or family',
                'Amigos o familia',
                'Amigos ou família',
                'Bạn bè hoặc gia đình',
              ),
              option('search', 'A search engine', 'Un buscador', 'Um buscador', 'Công cụ tìm kiếm'),
              option('social', 'Social media', 'Redes sociales', 'Redes sociais', 'Mạng xã hội'),
              option('advertisement', 'An advertisement', 'Un anuncio', 'Um anúncio', 'Quảng cáo'),
              option('other', 'Somewhere else', 'Otro lugar', 'Outro lugar', 'Nơi khác'),
            ],
          },
          OPTIONAL_WORDS,
          SEND,
        ],
        thanks: THANKS,
      },
    },
  },
}

function option(value: string, en: string, es: string, pt: string, vi: string) {
  return { value, label: { en, es, pt, vi } }
}
