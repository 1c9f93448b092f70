import type { ChannelOptions } from '#protocol/chat-channels.ts'
import { Refusal } from '../core/errors.ts'

/** Refuses what each field allows and all of them together do not: zones nobody knows, fields that no form can have. */
export function requireSoundOptions({ hours, preChat, texts }: ChannelOptions): void {
  if (hours !== null && !isTimeZone(hours.timeZone)) {
    throw new Refusal(
      'bad_request',
      `options.hours.timeZone: "${hours.timeZone}" is no time zone: write it like America/Bogota`,
    )
  }
  const days = hours?.exceptions.map(({ on }) => on) ?? []
  if (new Set(days).size < days.length) {
    throw new Refusal('bad_request', 'options.hours.exceptions: name each day once')
  }
  const keys = preChat.fields.map(({ key }) => key)
  if (new Set(keys).size < keys.length) {
    throw new Refusal('bad_request', 'options.preChat.fields: give each field a key of its own')
  }
  for (const [at, { type, choices, labels }] of preChat.fields.entries()) {
    const place = `options.preChat.fields.${at}`
    if (Object.keys(labels).length === 0) {
      throw new Refusal('bad_request', `${place}.labels: a field needs a label`)
    }
    if (type === 'choice' && new Set(choices).size < 2) {
      throw new Refusal('bad_request', `${place}.choices: a choice needs two or more`)
    }
  }
  // Languages are not mixed: whoever reads one of them must read what they consent to.
  const written = Object.values(texts)
  const hasConsent = written.length > 0 && written.every(({ consent = '' }) => consent !== '')
  if (preChat.isOn && preChat.asksConsent && !hasConsent) {
    throw new Refusal(
      'bad_request',
      'options.texts: write in each language what the visitor consents to',
    )
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
