import type { CustomerAnswer } from '#protocol/customers.ts'
import type { Words } from '../words.ts'

const ID_CHARS = 6

/** What a person is called where nobody knows who it is. */
export function visitorName(id: string, { t }: Pick<Words, 't'>): string {
  return t('people.visitor', { id: id.slice(0, ID_CHARS) })
}

export function customerName({
  firstName,
  lastName,
  email,
  userId,
  phone,
}: Pick<CustomerAnswer, 'firstName' | 'lastName' | 'email' | 'userId' | 'phone'>):
  | string
  | undefined {
  const name = [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ')
  return name || email || userId || phone
}

/** “Bogotá, Colombia”; undefined where neither is known. */
export function placeName(
  { country, city }: { readonly country?: string | null; readonly city?: string | null },
  { locale }: Pick<Words, 'locale'>,
): string | undefined {
  const named = country ? countryName(country, locale) : undefined
  return [city, named].filter(Boolean).join(', ') || undefined
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
  } catch {
    // Not two letters: as it came.
    return code
  }
}

/** “google · cpc”; a medium that says nothing is left out. */
export function sourceName(
  touch: { readonly source: string; readonly medium: string } | null,
): string | undefined {
  if (touch === null) return undefined
  const { source, medium } = touch
  return medium === '' || medium === '(none)' || medium === source
    ? source
    : `${source} · ${medium}`
}
