import { Refusal } from '../core/errors.ts'

/** As Intl spells it; refuses what is no IANA zone. */
export function requireTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    throw new Refusal('bad_request', `"${timeZone}" is no time zone: write it like America/Bogota`)
  }
}

/** In capitals; refuses what is no ISO 4217 code. */
export function requireCurrency(currency: string): string {
  const code = currency.toUpperCase()
  if (Intl.supportedValuesOf('currency').includes(code)) return code
  throw new Refusal('bad_request', `"${currency}" is no currency: write it like EUR`)
}
