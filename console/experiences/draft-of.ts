import type { Experience, ExperienceDraft } from '#protocol/experiences.ts'

/** An experience as it is sent to be saved. */
export function draftOf(experience: ExperienceDraft & Partial<Experience>): ExperienceDraft {
  const { key, name, kind, state, priority, targeting, triggers, frequency, goal } = experience
  const { startsAt, endsAt, content } = experience
  const what = { key, name, kind, state, priority, targeting, triggers, frequency, goal }
  return { ...what, startsAt, endsAt, content }
}

/** The same once more, under a key that is free, and running nowhere. */
export function copyOf(
  experience: Experience,
  { name, taken }: { readonly name: string; readonly taken: readonly string[] },
): ExperienceDraft {
  return { ...draftOf(experience), name, key: freeKey(experience.key, taken), state: 'draft' }
}

/** As it is, or with a number where the shop has one of that key. */
export function freeKey(key: string, taken: readonly string[]): string {
  let free = key
  for (let number = 2; taken.includes(free); number += 1) free = `${key.slice(0, 58)}-${number}`
  return free
}
