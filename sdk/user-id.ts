import { ILLEGAL_USER_IDS, MAX_ID_CHARS } from '#protocol/names.ts'

/** The shop's id of a person, or undefined where it is none or stands for nobody. */
export function readUserId(given: unknown): string | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined
  const id = String(given).trim()
  const isIllegal = (ILLEGAL_USER_IDS as readonly string[]).includes(id.toLowerCase())
  return isIllegal || id.length > MAX_ID_CHARS ? undefined : id
}
