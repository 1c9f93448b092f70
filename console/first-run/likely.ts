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

/** What somebody with these languages probably sells in; `undefined`: their region says nothing. */
export function likelyCurrency(languages: readonly string[]): string | undefined {
  const regions = languages.map((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1] ?? '')
  return regions.map((region) => CURRENCIES[region]).find((currency) => currency !== undefined)
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
