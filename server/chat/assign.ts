import type { AssignmentReason } from '#protocol/chat.ts'

/** An operator who is there, with a seat in the channel. */
export interface Candidate {
  readonly memberId: number
  /** BCP 47, the preferred one first. */
  readonly languages: readonly string[]
  readonly activeChats: number
  readonly maxChats: number
}

export interface Waiting {
  /** BCP 47. */
  readonly language: string | null
  /** ISO 3166. */
  readonly country: string | null
  /** Who answered this visitor within the last seven days. */
  readonly previousOperator: number | null
  /** Had it, and did not answer. */
  readonly passedOver: readonly number[]
}

export interface Assigned {
  readonly memberId: number
  readonly reason: AssignmentReason
}

/**
 * Who gets a conversation: who answered the visitor of late; else those who speak the language; else those of the
 * same country (a region among their languages: `es-CO`); else anyone. Within the group the one with the fewest chats,
 * ties by `random` in [0, 1). Undefined: everybody has as many as they may.
 */
export function assign(
  candidates: readonly Candidate[],
  waiting: Waiting,
  random: () => number,
): Assigned | undefined {
  const free = candidates.filter(
    ({ memberId, activeChats, maxChats }) =>
      activeChats < maxChats && !waiting.passedOver.includes(memberId),
  )
  const previous = free.find(({ memberId }) => memberId === waiting.previousOperator)
  if (previous !== undefined) {
    const { memberId, activeChats } = previous
    return { memberId, reason: { rule: 'previous_operator', activeChats } }
  }
  const { language, country } = waiting
  const speaking = language === null ? [] : free.filter((one) => speaks(one, language))
  if (language !== null && speaking.length > 0) {
    return fewest(speaking, { rule: 'language', language: primaryOf(language) }, random)
  }
  const near = country === null ? [] : free.filter((one) => isOf(one, country))
  if (country !== null && near.length > 0) return fewest(near, { rule: 'country', country }, random)
  return fewest(free, { rule: 'fewest_chats' }, random)
}

function fewest(
  group: readonly Candidate[],
  reason: AssignmentReason,
  random: () => number,
): Assigned | undefined {
  const least = Math.min(...group.map(({ activeChats }) => activeChats))
  const tied = group.filter(({ activeChats }) => activeChats === least)
  const chosen = tied[Math.floor(random() * tied.length)]
  if (chosen === undefined) return undefined
  const { memberId, activeChats } = chosen
  return { memberId, reason: { ...reason, candidates: group.length, activeChats } }
}

function speaks({ languages }: Candidate, language: string): boolean {
  return languages.some((one) => primaryOf(one) === primaryOf(language))
}

function primaryOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? ''
}

function isOf({ languages }: Candidate, country: string): boolean {
  return languages.some((language) => regionOf(language) === country.toUpperCase())
}

function regionOf(language: string): string | undefined {
  return language
    .split('-')
    .slice(1)
    .find((part) => /^[A-Za-z]{2}$/.test(part))
    ?.toUpperCase()
}
