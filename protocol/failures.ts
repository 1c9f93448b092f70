/**
 * Why something in the background failed, as it is stored and told: in English, one sentence a cause. Whoever shows it
 * in another language asks `failureOf` which one it is. No imports: the console downloads this, and nothing of zod.
 */
export const FAILURES = {
  // Of requests to addresses that others choose.
  no_address: 'The name has no address',
  not_asked: 'The name leads to an address that is not asked',
  server_stops: 'The server stops',
  no_answer: 'No answer within 5 s',
  long_answer: 'The answer is longer than 256 KiB',
  no_connection: 'No connection: {code}',
  // As Node says it.
  connection_refused: 'connect ECONNREFUSED {address}',
  name_unknown: 'getaddrinfo ENOTFOUND {name}',
  name_unanswered: 'getaddrinfo EAI_AGAIN {name}',
  connection_reset: 'read ECONNRESET',
  connection_hung_up: 'socket hang up',
  // Before `answered`, of which it would be one.
  wants_no_more: 'It answered 410: it wants to be told no more',
  answered: 'It answered {status}',
  webhook_paused: 'The webhook is paused',
  webhook_gone: 'The webhook is gone',
  never_ended: 'It never came to an end',
  server_ended: 'The server ended while it was at work',
  // Of mails; what the mail server itself said stays as it said it.
  handed_over: 'The server ended while the mail was handed over',
  mail_timeout: 'Timeout',
  mail_connection_timeout: 'Connection timeout',
  mail_greeting: 'Greeting never received',
  mail_closed: 'Connection closed',
  mail_closed_early: 'Connection closed unexpectedly',
  // Of feeds.
  feed_answered: 'The feed’s server answered {status}',
  feed_nowhere: 'The feed’s server leads nowhere',
  feed_leads_on: 'The feed’s server leads from one address to the next',
  feed_stopped: 'The feed stopped coming',
  feed_broke_off: 'The feed broke off',
  feed_zipped: 'The feed is zipped wrongly',
  feed_empty: 'The feed is empty',
  feed_no_items: 'The feed has no items',
  feed_unended: 'The feed has a part that does not end',
  feed_nested: 'The feed’s elements are nested too deeply',
  feed_doctype: 'The feed has a document type (<!DOCTYPE …>): leave it out',
  feed_malformed: 'The feed is no well-formed XML: {reason}',
  feed_encoding: 'The feed says that it is written in “{encoding}”, which is not known',
  feed_too_long: 'The feed is longer than {megabytes} MB',
  feed_long_value: '“{column}” of an item is longer than {most} characters',
} as const

export type FailureCode = keyof typeof FAILURES

export interface Failure {
  readonly code: FailureCode
  /** What stands in the places of its sentence. */
  readonly places: Readonly<Record<string, string>>
}

const CODES = Object.keys(FAILURES).filter(isCode)

export function failureText(
  code: FailureCode,
  places: Readonly<Record<string, string | number>> = {},
): string {
  return FAILURES[code].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(places[name] ?? place),
  )
}

/** Which failure a sentence tells of; undefined: one that somebody else has put into words. */
export function failureOf(text: string): Failure | undefined {
  for (const code of CODES) {
    const places = placesIn(text, FAILURES[code])
    if (places !== undefined) return { code, places }
  }
  return undefined
}

/** Of a sentence with places, each up to what follows it; none holds two in a row. */
function placesIn(text: string, sentence: string): Record<string, string> | undefined {
  const [start = '', ...parts] = sentence.split('{')
  if (!text.startsWith(start)) return undefined
  const places: Record<string, string> = {}
  let rest = text.slice(start.length)
  for (const part of parts) {
    const [name = '', after = ''] = part.split('}')
    const end = after === '' ? rest.length : rest.indexOf(after)
    if (end < 0) return undefined
    places[name] = rest.slice(0, end)
    rest = rest.slice(end + after.length)
  }
  return rest === '' ? places : undefined
}

function isCode(code: string): code is FailureCode {
  return code in FAILURES
}
