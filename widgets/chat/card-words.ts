const en = {
  cancel: 'Cancel',
  fileRefused: 'Only pictures and PDFs up to 10 MB can be sent.',
  view: 'View',
}

type CardWords = typeof en

const es: CardWords = {
  cancel: 'Cancelar',
  fileRefused: 'Solo se pueden enviar imágenes y PDF de hasta 10 MB.',
  view: 'Ver',
}

const pt: CardWords = {
  cancel: 'Cancelar',
  fileRefused: 'Só é possível enviar imagens e PDFs de até 10 MB.',
  view: 'Ver',
}

const vi: CardWords = {
  cancel: 'Hủy',
  fileRefused: 'Chỉ gửi được ảnh và PDF tối đa 10 MB.',
  view: 'Xem',
}

const ALL: Readonly<Record<string, CardWords>> = { en, es, pt, vi }

/** What files and products say: the window, which opens without them, has no room for it. */
export function cardWords(language: string): CardWords {
  return ALL[language.split('-')[0]?.toLowerCase() ?? ''] ?? en
}
