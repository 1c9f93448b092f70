import { readStored, writeStored } from './stored.js'

const LANGUAGES = ['es', 'en']

const asked = new URLSearchParams(location.search).get('lang')
if (LANGUAGES.includes(asked)) writeStored('language', asked)

function preferred() {
  const isSpanish = navigator.languages.some((tag) => tag.startsWith('es'))
  const isEnglish = navigator.languages.some((tag) => tag.startsWith('en'))
  return isEnglish && !isSpanish ? 'en' : 'es'
}

/** By the address, else as it was last chosen, else as the browser says. */
export const language =
  LANGUAGES.find((one) => one === (asked ?? readStored('language'))) ?? preferred()

// Before anything is drawn: screen readers and the tag go by it.
document.documentElement.lang = language

/** This page in `other`, and every page after it. */
export function addressIn(other) {
  const address = new URL(location.href)
  address.searchParams.set('lang', other)
  return address.pathname + address.search
}
