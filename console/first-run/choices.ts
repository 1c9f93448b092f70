/** Regions where shops of ours are likely, by what they sell in. */
const CURRENCIES: Readonly<Record<string, string>> = {
  AR: 'ARS',
  BO: 'BOB',
  BR: 'BRL',
  CL: 'CLP',
  CO: 'COP',
  CR: 'CRC',
  DE: 'EUR',
  ES: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  GT: 'GTQ',
  MX: 'MXN',
  PE: 'PEN',
  PT: 'EUR',
  PY: 'PYG',
  UY: 'UYU',
  VN: 'VND',
}

export interface Choice {
  readonly value: string
  readonly label: string
}

/** What somebody with these languages probably sells in; `undefined`: their region says nothing. */
export function likelyCurrency(languages: readonly string[]): string | undefined {
  const regions = languages.map((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1] ?? '')
  return regions.map((region) => CURRENCIES[region]).find((currency) => currency !== undefined)
}

/** Every currency by its name in the reader's language. */
export function currencyChoices(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  return Intl.supportedValuesOf('currency')
    .map((value) => ({ value, label: `${capital(names.of(value) ?? value)} (${value})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language))
}

/** Every zone; `own` may be one of another name of the same. */
export function timeZoneChoices(own: string): Choice[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', own])
  return [...zones].toSorted().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
