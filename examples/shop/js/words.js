import { language } from './language.js'
import { english } from './words/english.js'
import { spanish } from './words/spanish.js'

const texts = language === 'es' ? spanish : english

/** The text `key` in the page's language, with `{name}` replaced by its value. */
export const t = (key, values = {}) =>
  texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
