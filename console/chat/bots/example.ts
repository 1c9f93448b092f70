import type { ChatbotStep } from '#protocol/chatbots.ts'

const UNSAID = { leadState: null, potential: null } as const
const ALWAYS = { when: {}, ...UNSAID } as const

/** What a new bot begins with: most of what a script can do, in a shop's everyday words. */
export const EXAMPLE: readonly ChatbotStep[] = [
  {
    ...ALWAYS,
    kind: 'text',
    id: 'hello',
    text: {
      en: 'Hello! I am the bot of this shop.',
      es: '¡Hola! Soy el bot de esta tienda.',
    },
  },
  {
    ...ALWAYS,
    kind: 'question',
    id: 'topic',
    text: { en: 'What can I do for you?', es: '¿En qué te puedo ayudar?' },
    attribute: 'chat_topic',
    answers: [
      { ...UNSAID, id: 'order', text: { en: 'My order', es: 'Mi pedido' }, url: null },
      {
        id: 'advice',
        text: { en: 'Advice before I buy', es: 'Un consejo antes de comprar' },
        url: null,
        leadState: 'open',
        potential: 'high',
      },
      { ...UNSAID, id: 'other', text: { en: 'Something else', es: 'Otra cosa' }, url: null },
    ],
  },
  {
    ...ALWAYS,
    kind: 'line',
    id: 'order',
    text: { en: 'What is the number of your order?', es: '¿Cuál es el número de tu pedido?' },
    when: { topic: ['order'] },
    attribute: 'order_number',
  },
  {
    ...ALWAYS,
    kind: 'lines',
    id: 'details',
    text: { en: 'Tell me a little more about it.', es: 'Cuéntame un poco más.' },
    when: { topic: ['advice', 'other'] },
    attribute: null,
  },
  {
    ...ALWAYS,
    kind: 'handover',
    id: 'team',
    text: {
      en: 'Thank you. Somebody of our team takes over.',
      es: 'Gracias. Alguien del equipo te atiende.',
    },
  },
  {
    ...ALWAYS,
    kind: 'email',
    id: 'email',
    text: {
      en: 'Nobody is here right now. Which e-mail address may we answer to?',
      es: 'Ahora no hay nadie. ¿A qué correo te podemos responder?',
    },
  },
  {
    ...ALWAYS,
    kind: 'text',
    id: 'bye',
    text: { en: 'Thank you, we write to you soon.', es: 'Gracias, te escribimos pronto.' },
  },
]
