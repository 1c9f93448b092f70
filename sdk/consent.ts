import type { Consent } from '#protocol/events.ts'
import { PURPOSES, type ConsentMode, type Purpose } from '#protocol/names.ts'
import type { PageWindow } from './browser.ts'
import { asObject } from './json.ts'
import { attempt } from './log.ts'
import type { Storage } from './storage.ts'

export const CONSENT_KEY = 'consent'

export type Choice = Partial<Record<Purpose, boolean>>
/** Who told us, rising: a default, Google's consent mode, a consent platform, the shop's own call. */
export const BY_DEFAULT = 0
export const BY_GOOGLE = 1
export const BY_PLATFORM = 2
export const BY_SHOP = 3

export interface ConsentState {
  /** What goes with every request; null while nobody has chosen. */
  current: () => Consent | null
  /** Whether events may leave at all, with or without identity. */
  maySend: () => boolean
  /** Whether events wait for a choice. */
  isWaiting: () => boolean
  /** Whether identity and storage are allowed. */
  mayIdentify: () => boolean
  /** What a choice says nothing about stays as it was, or denied. Who ranks lower than the last one is not heard. */
  choose: (given: Choice, rank: number) => void
  /** Another tab has stored a choice. */
  reread: () => void
}

/** `onChange`: tells whether what is kept of the visitor must go. */
export function createConsent(
  mode: ConsentMode,
  { navigator }: PageWindow,
  storage: Storage,
  onChange: (isWithdrawn: boolean) => void,
): ConsentState {
  const gpc = attempt(() => navigator.globalPrivacyControl) === true
  let choice = readChoice(storage.read(CONSENT_KEY))
  let rank = choice ? BY_SHOP : BY_DEFAULT

  const mayIdentify = () => choice?.statistics ?? (!choice && mode === 'full')

  function set(next: Choice, by: number) {
    const before = mayIdentify()
    choice = { ...choice, ...next }
    rank = by
    // Whoever denies on the page clears what earlier visits stored, too; a platform repeats its denial on every page.
    onChange(by > BY_DEFAULT && !mayIdentify() && (before || by === BY_SHOP))
  }

  return {
    current: () => {
      // what tags are told to go by until then is nobody's choice, unless events are identified by it
      if (!rank && !choice?.statistics && (!gpc || mode !== 'full')) return null
      const allows = (purpose: Purpose) =>
        !((gpc && purpose !== 'statistics') || (choice && !choice[purpose]))
      const purposes = PURPOSES.map((purpose) => [purpose, allows(purpose)])
      return { ...Object.fromEntries(purposes), gpc: gpc || undefined } as Consent
    },
    maySend: () => mode === 'anonymous' || mayIdentify(),
    isWaiting: () => mode !== 'anonymous' && !rank && !mayIdentify(),
    mayIdentify,
    choose: (given, by) => {
      if (by === BY_SHOP) storage.write(CONSENT_KEY, { ...choice, ...given })
      if (by >= rank) set(given, by)
    },
    reread: () => {
      const stored = readChoice(storage.read(CONSENT_KEY))
      if (stored) set(stored, BY_SHOP)
    },
  }
}

/** What was said about each purpose, or undefined where nothing was. */
export function readChoice(given: unknown): Choice | undefined {
  const said = asObject(given) ?? {}
  const isSaid = (purpose: Purpose) => typeof said[purpose] === 'boolean'
  const pairs = PURPOSES.filter(isSaid).map((purpose) => [purpose, said[purpose]])
  return pairs[0] ? (Object.fromEntries(pairs) as Choice) : undefined
}
