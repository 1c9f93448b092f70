/** What mails of the chat say; `shop` is the shop's name. */
export interface ChatMailWords {
  readonly transcript: { readonly subject: (shop: string) => string; readonly text: string }
  readonly answer: { readonly subject: (shop: string) => string }
  /** `ends`: how long it counts, and who may be told. */
  readonly code: {
    readonly subject: (shop: string) => string
    readonly text: string
    readonly ends: string
  }
  readonly form: { readonly subject: (channel: string) => string; readonly text: string }
  /** Of a transcript that is too long for a mail: so many messages before what it tells. */
  readonly leftOut: (count: number) => string
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
    code: {
      subject: (shop) => `Your code for the chat of ${shop}`,
      text: 'With this code you see your earlier conversations in the chat:',
      ends: 'It counts for 10 minutes, once, and only where you asked for it. Tell it to nobody: we never ask you for it.',
    },
    form: {
      subject: (channel) => `A new message in ${channel}`,
      text: 'Somebody left a message while nobody was there:',
    },
    leftOut: (count) => `The newest messages; earlier ones that are not in this mail: ${count}.`,
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
    code: {
      subject: (shop) => `Tu código para el chat de ${shop}`,
      text: 'Con este código ves tus conversaciones anteriores en el chat:',
      ends: 'Vale 10 minutos, una sola vez y solo donde lo pediste. No se lo digas a nadie: nunca te lo pedimos.',
    },
    form: {
      subject: (channel) => `Un mensaje nuevo en ${channel}`,
      text: 'Alguien dejó un mensaje cuando no había nadie:',
    },
    leftOut: (count) =>
      `Los mensajes más recientes; anteriores que no están en este correo: ${count}.`,
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
    code: {
      subject: (shop) => `Seu código para o chat de ${shop}`,
      text: 'Com este código você vê suas conversas anteriores no chat:',
      ends: 'Ele vale por 10 minutos, uma só vez e só onde você o pediu. Não o diga a ninguém: nunca o pedimos.',
    },
    form: {
      subject: (channel) => `Uma nova mensagem em ${channel}`,
      text: 'Alguém deixou uma mensagem quando não havia ninguém:',
    },
    leftOut: (count) =>
      `As mensagens mais recentes; anteriores que não estão neste e-mail: ${count}.`,
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
    code: {
      subject: (shop) => `Mã của bạn cho cuộc trò chuyện với ${shop}`,
      text: 'Nhập mã này để xem các cuộc trò chuyện trước đây của bạn:',
      ends: 'Mã có hiệu lực trong 10 phút, dùng một lần và chỉ ở nơi bạn đã yêu cầu. Đừng cho ai biết mã: chúng tôi không bao giờ hỏi mã.',
    },
    form: {
      subject: (channel) => `Tin nhắn mới trong ${channel}`,
      text: 'Có người để lại tin nhắn khi không có ai trực:',
    },
    leftOut: (count) =>
      `Các tin nhắn mới nhất; số tin nhắn trước đó không có trong email này: ${count}.`,
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
