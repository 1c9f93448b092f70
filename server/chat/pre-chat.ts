import type { Begin } from '#protocol/chat.ts'
import type { ChannelOptions } from '#protocol/chat-channels.ts'
import { CONSENT_FIELD, mistakesIn, type FormField } from '#protocol/pre-chat.ts'
import { Refusal } from '../core/errors.ts'

type Asked = Pick<ChannelOptions, 'preChat'>
type Fields = Begin['fields']

const CONSENT: FormField = { name: CONSENT_FIELD, type: 'check', isRequired: true }

/** Refuses what the window would not send: the form before a chat without what it requires. Names the first such field. */
export function requirePreChat({ preChat }: Asked, fields: Fields): void {
  if (!preChat.isOn) return
  const asked = preChat.fields.map(({ key, type, isRequired }) => ({ name: key, type, isRequired }))
  requireSound([...asked, ...consentTo(preChat)], fields)
}

/** Of the same form the offline one asks for consent alone; its own fields are its schema's. */
export function requireConsent({ preChat }: Asked, fields: Fields): void {
  if (preChat.isOn) requireSound(consentTo(preChat), fields)
}

function consentTo({ asksConsent }: Asked['preChat']): FormField[] {
  return asksConsent ? [CONSENT] : []
}

function requireSound(asked: readonly FormField[], fields: Fields): void {
  const [first] = Object.entries(mistakesIn(asked, trimmed(fields)))
  if (first === undefined) return
  const [name, mistake] = first
  const said =
    name === CONSENT_FIELD
      ? 'the visitor has to agree first: send true'
      : mistake === 'required'
        ? 'the chat asks for this before it begins'
        : 'this is no e-mail address'
  throw new Refusal('bad_request', `fields.${name}: ${said}`)
}

/** As a form sends them. */
function trimmed(fields: Fields): Fields {
  const entries = Object.entries(fields)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  )
}
