const en = {
  choose: 'Choose an answer',
  restart: 'Start over',
  email: 'Your e-mail',
  phone: 'Your phone number',
  line: 'Your answer',
}

type BotWords = typeof en

const es: BotWords = {
  choose: 'Elige una respuesta',
  restart: 'Empezar de nuevo',
  email: 'Tu correo',
  phone: 'Tu teléfono',
  line: 'Tu respuesta',
}

const pt: BotWords = {
  choose: 'Escolha uma resposta',
  restart: 'Começar de novo',
  email: 'Seu e-mail',
  phone: 'Seu telefone',
  line: 'Sua resposta',
}

const vi: BotWords = {
  choose: 'Chọn một câu trả lời',
  restart: 'Bắt đầu lại',
  email: 'Email của bạn',
  phone: 'Số điện thoại của bạn',
  line: 'Câu trả lời của bạn',
}

const ALL: Readonly<Record<string, BotWords>> = { en, es, pt, vi }

/** What the window says around a bot. */
export function botWords(language: string): BotWords {
  return ALL[language.split('-')[0]?.toLowerCase() ?? ''] ?? en
}
