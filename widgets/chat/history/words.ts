/** `{…}` is filled in. */
const en = {
  title: 'Earlier chats',
  loading: 'One moment',
  empty: 'There are no earlier chats here yet.',
  running: 'Open',
  ended: 'Ended',
  nothing: 'Message',
  more: 'Show more',
  ask: 'Find chats by e-mail',
  askText:
    'Did you chat from another device? Write the e-mail address that you gave there, and we send you a code.',
  send: 'Send the code',
  codeText: 'We have sent a code to {email}. It counts for 10 minutes.',
  code: 'Code of six digits',
  show: 'Show the chats',
  wrong: 'This code is wrong or too old.',
  tooMany: 'That was too often. Try again later.',
  again: 'Send another code',
  readOnly: 'You can read this chat here. To write, begin a new one.',
}

export type HistoryWords = typeof en

const es: HistoryWords = {
  title: 'Chats anteriores',
  loading: 'Un momento',
  empty: 'Aquí todavía no hay chats anteriores.',
  running: 'Abierto',
  ended: 'Terminado',
  nothing: 'Mensaje',
  more: 'Mostrar más',
  ask: 'Buscar chats por correo',
  askText:
    '¿Escribiste desde otro dispositivo? Escribe el correo que diste allí y te enviamos un código.',
  send: 'Enviar el código',
  codeText: 'Enviamos un código a {email}. Vale 10 minutos.',
  code: 'Código de seis cifras',
  show: 'Mostrar los chats',
  wrong: 'Este código es incorrecto o ya venció.',
  tooMany: 'Fueron demasiados intentos. Prueba más tarde.',
  again: 'Enviar otro código',
  readOnly: 'Aquí puedes leer este chat. Para escribir, empieza uno nuevo.',
}

const pt: HistoryWords = {
  title: 'Conversas anteriores',
  loading: 'Um momento',
  empty: 'Ainda não há conversas anteriores aqui.',
  running: 'Aberta',
  ended: 'Encerrada',
  nothing: 'Mensagem',
  more: 'Mostrar mais',
  ask: 'Buscar conversas por e-mail',
  askText: 'Conversou por outro aparelho? Escreva o e-mail que você deu lá e enviamos um código.',
  send: 'Enviar o código',
  codeText: 'Enviamos um código para {email}. Ele vale por 10 minutos.',
  code: 'Código de seis dígitos',
  show: 'Mostrar as conversas',
  wrong: 'Este código está errado ou venceu.',
  tooMany: 'Foram tentativas demais. Tente mais tarde.',
  again: 'Enviar outro código',
  readOnly: 'Aqui você pode ler esta conversa. Para escrever, comece uma nova.',
}

const vi: HistoryWords = {
  title: 'Các cuộc trò chuyện trước',
  loading: 'Xin chờ một chút',
  empty: 'Ở đây chưa có cuộc trò chuyện nào trước đó.',
  running: 'Đang mở',
  ended: 'Đã kết thúc',
  nothing: 'Tin nhắn',
  more: 'Xem thêm',
  ask: 'Tìm theo email',
  askText:
    'Bạn đã trò chuyện trên thiết bị khác? Hãy nhập email bạn đã dùng ở đó, chúng tôi sẽ gửi mã cho bạn.',
  send: 'Gửi mã',
  codeText: 'Chúng tôi đã gửi mã đến {email}. Mã có hiệu lực trong 10 phút.',
  code: 'Mã gồm sáu chữ số',
  show: 'Xem các cuộc trò chuyện',
  wrong: 'Mã này sai hoặc đã hết hạn.',
  tooMany: 'Bạn đã thử quá nhiều lần. Hãy thử lại sau.',
  again: 'Gửi mã khác',
  readOnly: 'Bạn có thể đọc cuộc trò chuyện này ở đây. Để nhắn tin, hãy bắt đầu cuộc mới.',
}

const WORDS: Readonly<Record<string, HistoryWords>> = { en, es, pt, vi }

export function historyWords(language: string): HistoryWords {
  return WORDS[language.slice(0, 2).toLowerCase()] ?? en
}
