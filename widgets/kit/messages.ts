const en = {
  close: 'Close',
  optional: 'optional',
  required: 'This is required.',
  email: 'Enter an e-mail like name@example.com.',
  sending: 'Sending…',
  offline: 'Not sent. Try again.',
  invalid: 'Check what you entered.',
  copy: 'Copy',
  copied: 'Copied',
  marked: 'Selected: copy it.',
  thanks: 'Thank you!',
}

export type MessageKey = keyof typeof en
type Messages = Readonly<Record<MessageKey, string>>

const es: Messages = {
  close: 'Cerrar',
  optional: 'opcional',
  required: 'Es obligatorio.',
  email: 'Escribe un correo como name@example.com.',
  sending: 'Enviando…',
  offline: 'No se pudo enviar. Reintenta.',
  invalid: 'Revisa lo que escribiste.',
  copy: 'Copiar',
  copied: 'Copiado',
  marked: 'Seleccionado: cópialo.',
  thanks: '¡Gracias!',
}

const pt: Messages = {
  close: 'Fechar',
  optional: 'opcional',
  required: 'É obrigatório.',
  email: 'Digite um e-mail como name@example.com.',
  sending: 'Enviando…',
  offline: 'Não foi enviado. Tente de novo.',
  invalid: 'Confira o que você digitou.',
  copy: 'Copiar',
  copied: 'Copiado',
  marked: 'Selecionado: copie.',
  thanks: 'Agradecemos!',
}

const vi: Messages = {
  close: 'Đóng',
  optional: 'không bắt buộc',
  required: 'Bắt buộc.',
  email: 'Nhập e-mail như name@example.com.',
  sending: 'Đang gửi…',
  offline: 'Chưa gửi được. Hãy thử lại.',
  invalid: 'Hãy kiểm tra lại.',
  copy: 'Sao chép',
  copied: 'Đã sao chép',
  marked: 'Đã chọn, hãy sao chép.',
  thanks: 'Cảm ơn bạn!',
}

/** Without a prototype, for pages name all kinds of things as their language. */
const spoken: Readonly<Record<string, Messages>> = {
  __proto__: null as never,
  en,
  es,
  pt,
  vi,
}

/** The words of the widgets themselves, in the first of `languages` that they know, else in English. */
export function messagesIn(languages: readonly string[]): Messages {
  for (const language of languages) {
    const found = spoken[baseOf(language)]
    if (found !== undefined) return found
  }
  return en
}

/** `es` of `es-CO`. */
export function baseOf(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0] ?? ''
}
