/** What mails of the chat say; `shop` is the shop's name. */
export interface ChatMailWords {
  readonly transcript: { readonly subject: (shop: string) => string; readonly text: string }
  readonly answer: { readonly subject: (shop: string) => string }
  readonly form: { readonly subject: (channel: string) => string; readonly text: string }
  /** Before a link. */
  readonly open: string
  /** Who did not expect it. */
  readonly note: string
  readonly visitor: string
}

const WORDS = {
  en: {
    transcript: {
      subject: (shop) => `Your conversation with ${shop}`,
      text: 'You asked for your conversation by mail.',
    },
    answer: { subject: (shop) => `${shop} has answered you` },
    form: {
      subject: (channel) => `A new message in ${channel}`,
      text: 'Somebody left a message while nobody was there:',
    },
    open: 'Open the conversation:',
    note: 'If you do not know why you got this mail, do nothing.',
    visitor: 'You',
  },
  es: {
    transcript: {
      subject: (shop) => `Tu conversación con ${shop}`,
      text: 'Pediste tu conversación por correo.',
    },
    answer: { subject: (shop) => `${shop} te ha respondido` },
    form: {
      subject: (channel) => `Un mensaje nuevo en ${channel}`,
      text: 'Alguien dejó un mensaje cuando no había nadie:',
    },
    open: 'Abrir la conversación:',
    note: 'Si no sabes por qué recibes este correo, no hagas nada.',
    visitor: 'Tú',
  },
  pt: {
    transcript: {
      subject: (shop) => `Sua conversa com ${shop}`,
      text: 'Você pediu sua conversa por e-mail.',
    },
    answer: { subject: (shop) => `${shop} respondeu a você` },
    form: {
      subject: (channel) => `Uma nova mensagem em ${channel}`,
      text: 'Alguém deixou uma mensagem quando não havia ninguém:',
    },
    open: 'Abrir a conversa:',
    note: 'Se você não sabe por que recebeu este e-mail, não faça nada.',
    visitor: 'Você',
  },
  vi: {
    transcript: {
      subject: (shop) => `Cuộc trò chuyện của bạn với ${shop}`,
      text: 'Bạn đã yêu cầu gửi cuộc trò chuyện qua email.',
    },
    answer: { subject: (shop) => `${shop} đã trả lời bạn` },
    form: {
      subject: (channel) => `Tin nhắn mới trong ${channel}`,
      text: 'Có người để lại tin nhắn khi không có ai trực:',
    },
    open: 'Mở cuộc trò chuyện:',
    note: 'Nếu bạn không biết vì sao nhận được email này, hãy bỏ qua.',
    visitor: 'Bạn',
  },
} as const satisfies Record<string, ChatMailWords>

export interface WordsIn {
  readonly words: ChatMailWords
  readonly language: keyof typeof WORDS
}

/** In the first of these languages that we have; else in English. */
export function chatMailWords(languages: readonly (string | null)[]): WordsIn {
  for (const language of languages) {
    const primary = language?.split('-')[0]?.toLowerCase()
    for (const known of ['en', 'es', 'pt', 'vi'] as const) {
      if (known === primary) return { language: known, words: WORDS[known] }
    }
  }
  return { language: 'en', words: WORDS.en }
}
