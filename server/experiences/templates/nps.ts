import type { Condition } from '#protocol/targeting.ts'
import { NOT_PAYING } from './conditions.ts'
import { OPTIONAL_WORDS, SEND, THANKS } from './survey-blocks.ts'
import type { Template } from './template.ts'

/** Who has bought nothing has little to recommend. */
const HAS_BOUGHT: Condition = {
  kind: 'all',
  of: [NOT_PAYING, { kind: 'orders', count: { op: 'atLeast', value: 1 } }],
}

/** Of the question as it is usually asked: 0 to 6 take away from it, 9 and 10 add to it. */
const SCORES = Array.from({ length: 11 }, (_, score) => score)

export const nps: Template = {
  key: 'nps',
  name: 'Would you recommend us? (NPS)',
  description:
    'Asks customers how likely they are to recommend the shop, from 0 to 10, and why. Results tells the score.',
  experience: {
    key: 'nps',
    name: 'Would you recommend us? (NPS)',
    kind: 'popup',
    priority: 30,
    targeting: HAS_BOUGHT,
    triggers: [{ on: 'delay', seconds: 10 }],
    frequency: { per: 'month', stopAfter: ['answering', 'closing'] },
    content: {
      layout: { kind: 'slideIn', corner: 'end' },
      design: {
        kind: 'blocks',
        blocks: [
          {
            kind: 'heading',
            text: {
              en: 'Would you recommend us to a friend?',
              es: '¿Nos recomendarías a un amigo?',
              pt: 'Você nos recomendaria a um amigo?',
              vi: 'Bạn có giới thiệu chúng tôi cho bạn bè không?',
            },
          },
          {
            kind: 'field',
            name: 'nps',
            type: 'choice',
            look: 'scale',
            isRequired: true,
            label: {
              en: 'From 0, not at all, to 10, certainly',
              es: 'De 0, para nada, a 10, seguro que sí',
              pt: 'De 0, de jeito nenhum, a 10, com certeza',
              vi: 'Từ 0, hoàn toàn không, đến 10, chắc chắn có',
            },
            options: SCORES.map(scoreOption),
          },
          OPTIONAL_WORDS,
          SEND,
        ],
        thanks: THANKS,
      },
    },
  },
}

/** The same in every language, and said in each: who edits it changes words of one. */
function scoreOption(score: number) {
  const text = String(score)
  return { value: text, label: { en: text, es: text, pt: text, vi: text } }
}
