import type { Problem } from './bot-script.ts'

/** What a bot says by itself, beside its script. */
export type BotWord = Problem | 'file' | 'nobody' | 'nobodyMail'

const en: Readonly<Record<BotWord, string>> = {
  choose: 'Please choose one of these answers.',
  email:
    'That does not look like an e-mail address. Could you write it again, like ana@example.com?',
  phone: 'That does not look like a phone number. Could you write it again, with its area code?',
  file: 'Thank you. I cannot read files: our team sees it as soon as somebody takes over.',
  nobody: 'Nobody of our team is here right now. We answer here as soon as we are back.',
  nobodyMail: 'Nobody of our team is here right now. We answer you by e-mail.',
}

const es: typeof en = {
  choose: 'Elige una de estas respuestas, por favor.',
  email: 'Eso no parece un correo electrónico. ¿Lo escribes otra vez, como ana@example.com?',
  phone: 'Eso no parece un número de teléfono. ¿Lo escribes otra vez, con su indicativo?',
  file: 'Gracias. No puedo leer archivos: nuestro equipo lo verá en cuanto alguien te atienda.',
  nobody: 'Ahora no hay nadie de nuestro equipo. Te respondemos aquí en cuanto volvamos.',
  nobodyMail: 'Ahora no hay nadie de nuestro equipo. Te respondemos por correo.',
}

const pt: typeof en = {
  choose: 'Escolha uma destas respostas, por favor.',
  email: 'Isso não parece um e-mail. Pode escrever de novo, como ana@example.com?',
  phone: 'Isso não parece um número de telefone. Pode escrever de novo, com o DDD?',
  file: 'Obrigado. Não consigo ler arquivos: nossa equipe vai vê-lo assim que alguém assumir.',
  nobody: 'Não há ninguém da nossa equipe agora. Respondemos aqui assim que voltarmos.',
  nobodyMail: 'Não há ninguém da nossa equipe agora. Respondemos por e-mail.',
}

const vi: typeof en = {
  choose: 'Vui lòng chọn một trong các câu trả lời này.',
  email: 'Đó có vẻ không phải là địa chỉ email. Bạn viết lại giúp nhé, ví dụ ana@example.com?',
  phone: 'Đó có vẻ không phải là số điện thoại. Bạn viết lại giúp nhé, kèm mã vùng?',
  file: 'Cảm ơn bạn. Tôi không đọc được tệp: nhóm của chúng tôi sẽ xem khi có người tiếp nhận.',
  nobody: 'Hiện không có ai trong nhóm. Chúng tôi sẽ trả lời tại đây ngay khi trở lại.',
  nobodyMail: 'Hiện không có ai trong nhóm. Chúng tôi sẽ trả lời bạn qua email.',
}

/** By primary language. */
const ALL: Readonly<Record<string, typeof en>> = { en, es, pt, vi }

/** `languages`: BCP 47, best first; English where none is known. */
export function botWords(languages: readonly string[]): typeof en {
  for (const language of languages) {
    const found = ALL[language.split('-')[0]?.toLowerCase() ?? '']
    if (found !== undefined) return found
  }
  return en
}
