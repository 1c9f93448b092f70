import { ChatbotStepSchema, type ChatbotStep } from '#protocol/chatbots.ts'

/** What a new bot begins with: all that a script can do, in a shop's everyday words. */
export function exampleScript(): ChatbotStep[] {
  return EXAMPLE.map((step) => ChatbotStepSchema.parse(step))
}

const EXAMPLE = [
  {
    kind: 'text',
    id: 'hello',
    text: {
      en: 'Hello! I am the bot of this shop.',
      es: '¡Hola! Soy el bot de esta tienda.',
    },
  },
  {
    kind: 'question',
    id: 'topic',
    text: { en: 'What can I do for you?', es: '¿En qué te puedo ayudar?' },
    attribute: 'chat_topic',
    answers: [
      { id: 'order', text: { en: 'My order', es: 'Mi pedido' } },
      {
        id: 'advice',
        text: { en: 'Advice before I buy', es: 'Un consejo antes de comprar' },
        leadState: 'open',
        potential: 'high',
      },
      { id: 'other', text: { en: 'Something else', es: 'Otra cosa' } },
    ],
  },
  {
    kind: 'line',
    id: 'order',
    text: { en: 'What is the number of your order?', es: '¿Cuál es el número de tu pedido?' },
    when: { topic: ['order'] },
    attribute: 'order_number',
  },
  {
    kind: 'lines',
    id: 'details',
    text: { en: 'Tell me a little more about it.', es: 'Cuéntame un poco más.' },
    when: { topic: ['advice', 'other'] },
  },
  {
    kind: 'handover',
    id: 'team',
    text: {
      en: 'Thank you. Somebody of our team takes over.',
      es: 'Gracias. Alguien del equipo te atiende.',
    },
  },
  {
    kind: 'email',
    id: 'email',
    text: {
      en: 'Nobody is here right now. Which e-mail address may we answer to?',
      es: 'Ahora no hay nadie. ¿A qué correo te podemos responder?',
    },
  },
  {
    kind: 'text',
    id: 'bye',
    text: { en: 'Thank you, we write to you soon.', es: 'Gracias, te escribimos pronto.' },
  },
]
