import { MAX_ID_CHARS } from '#protocol/names.ts'

/** `ILLEGAL_USER_IDS` as one expression, which downloads faster; test/sdk holds the two together. */
const STANDS_FOR_NOBODY =
  /^(|0|-1|null|undefined|none|nil|nan|true|false|anonymous|guest|unknown|user|visitor|id|not_authenticated|.object object.|[0-]{36})$/i

/** The shop's id of a person, or undefined where it is none or stands for nobody. */
export function readUserId(given: unknown): string | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined
  const id = `${given}`.trim()
  return STANDS_FOR_NOBODY.test(id) || id.length > MAX_ID_CHARS ? undefined : id
}
