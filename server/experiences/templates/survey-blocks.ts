import type { PopupInput } from '#protocol/popup.ts'

type BlockInput = Extract<PopupInput['design'], { kind: 'blocks' }>['blocks'][number]

/** What designs that ask for an opinion have in common. */
export const OPTIONAL_WORDS: BlockInput = {
  kind: 'field',
  name: 'comment',
  type: 'text',
  label: {
    en: 'Anything to add?',
    es: '¿Quieres añadir algo?',
    pt: 'Quer acrescentar algo?',
    vi: 'Bạn muốn nói thêm gì không?',
  },
}

export const SEND: BlockInput = {
  kind: 'button',
  text: { en: 'Send', es: 'Enviar', pt: 'Enviar resposta', vi: 'Gửi' },
  action: { do: 'submit' },
}

export const THANKS: BlockInput[] = [
  {
    kind: 'heading',
    text: {
      en: 'Thank you for your answer',
      es: 'Gracias por tu respuesta',
      pt: 'Obrigado pela sua resposta',
      vi: 'Cảm ơn câu trả lời của bạn',
    },
  },
  {
    kind: 'text',
    text: {
      en: 'We read every one of them.',
      es: 'Las leemos todas.',
      pt: 'Lemos todas elas.',
      vi: 'Chúng tôi đọc từng câu trả lời.',
    },
  },
]
