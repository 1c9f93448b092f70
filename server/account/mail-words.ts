import type { AccountMail } from './send-mail.ts'

/** What a mail with a link says; of `shop`, the shop's name. */
export interface MailWords {
  readonly subject: (shop: string) => string
  readonly why: (shop: string) => string
  /** What the link does, as it stands on the button. */
  readonly action: string
  /** How long it works, as account-links.ts has it, and what to do for who did not expect it. */
  readonly note: string
}

type Language = 'en' | 'es' | 'pt' | 'vi'

const WORDS: Record<Language, Record<AccountMail['kind'], MailWords>> = {
  en: {
    invitation: {
      subject: (shop) => `Your invitation to ${shop}`,
      why: (shop) => `You have been invited to work on “${shop}” in Granplaza.`,
      action: 'Accept the invitation',
      note: 'The link works once, for seven days. If you do not know why you got this mail, do nothing.',
    },
    password_reset: {
      subject: () => 'A new password for Granplaza',
      why: () => 'Somebody, probably you, asked for a new password for your Granplaza account.',
      action: 'Choose a new password',
      note: 'The link works once, for one hour. If it was not you, do nothing: your password stays as it is.',
    },
  },
  es: {
    invitation: {
      subject: (shop) => `Tu invitación a ${shop}`,
      why: (shop) => `Te han invitado a trabajar en «${shop}» en Granplaza.`,
      action: 'Aceptar la invitación',
      note: 'El enlace funciona una sola vez, durante siete días. Si no sabes por qué recibes este correo, no hagas nada.',
    },
    password_reset: {
      subject: () => 'Una contraseña nueva para Granplaza',
      why: () => 'Alguien, seguramente tú, pidió una contraseña nueva para tu cuenta de Granplaza.',
      action: 'Elegir una contraseña nueva',
      note: 'El enlace funciona una sola vez, durante una hora. Si no fuiste tú, no hagas nada: tu contraseña sigue igual.',
    },
  },
  pt: {
    invitation: {
      subject: (shop) => `Seu convite para ${shop}`,
      why: (shop) => `Você foi convidado a trabalhar em “${shop}” no Granplaza.`,
      action: 'Aceitar o convite',
      note: 'O link funciona uma única vez, durante sete dias. Se você não sabe por que recebeu este e-mail, não faça nada.',
    },
    password_reset: {
      subject: () => 'Uma nova senha para o Granplaza',
      why: () => 'Alguém, provavelmente você, pediu uma nova senha para sua conta do Granplaza.',
      action: 'Escolher uma nova senha',
      note: 'O link funciona uma única vez, durante uma hora. Se não foi você, não faça nada: sua senha continua a mesma.',
    },
  },
  vi: {
    invitation: {
      subject: (shop) => `Lời mời tham gia ${shop}`,
      why: (shop) => `Bạn được mời làm việc tại “${shop}” trên Granplaza.`,
      action: 'Chấp nhận lời mời',
      note: 'Liên kết chỉ dùng được một lần, trong bảy ngày. Nếu bạn không biết vì sao nhận được thư này, bạn không cần làm gì.',
    },
    password_reset: {
      subject: () => 'Mật khẩu mới cho Granplaza',
      why: () => 'Có người, có lẽ là bạn, đã yêu cầu mật khẩu mới cho tài khoản Granplaza của bạn.',
      action: 'Chọn mật khẩu mới',
      note: 'Liên kết chỉ dùng được một lần, trong một giờ. Nếu không phải bạn, bạn không cần làm gì: mật khẩu vẫn như cũ.',
    },
  },
}

/** The words in the first of `languages` (BCP 47) that there are words in, else in English. */
export function mailWords(
  kind: AccountMail['kind'],
  languages: readonly string[],
): MailWords & { readonly language: Language } {
  const known = languages.map((tag) => tag.toLowerCase().split('-')[0]).find(isOurs)
  const language = known ?? 'en'
  return { ...WORDS[language][kind], language }
}

function isOurs(language: string | undefined): language is Language {
  return language !== undefined && Object.hasOwn(WORDS, language)
}
