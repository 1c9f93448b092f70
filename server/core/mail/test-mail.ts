import type { MailLanguage } from '#protocol/mail.ts'

interface Words {
  readonly subject: string
  readonly text: string
}

const WORDS: Record<MailLanguage, Words> = {
  en: {
    subject: 'Your mail settings work',
    text: 'This is the test mail you asked for. If you can read it, Granplaza can send mail.',
  },
  es: {
    subject: 'Tu configuración de correo funciona',
    text: 'Este es el correo de prueba que pediste. Si puedes leerlo, Granplaza puede enviar correo.',
  },
}

/** What says in somebody's language that mail arrives, as text and as a page. */
export function testMail(language: MailLanguage): Words & { readonly html: string } {
  const { subject, text } = WORDS[language]
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><body><p>${text}</p></body></html>`
  return { subject, text, html }
}
