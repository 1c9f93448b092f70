import { isSecretName, redactText, redactUrl } from '#protocol/redact.ts'

const MAX_KNOWN = 2_000
/** Longer texts are seldom seen twice. */
const MAX_KNOWN_CHARS = 2_048
/** Every private text has one of these in it; most texts have none, and are spared the rule. */
const SUSPICIOUS = /[@%]|:\/\/|eyJ|(?:\d[ -]?){14}|[\w+/=~-]{20}/

/** By these a shop reaches somebody. */
const ADDRESS_TRAIT = /mail|correo|phone|telef|mobile|celular|whatsapp/i

type Properties = Record<string, unknown>

export interface Redaction {
  url(url: string): string
  /** Empty where the text looks private. */
  text(text: string): string
  /** Of somebody: an address by which to reach them may be told, under a name that says so; secrets may not. */
  traits(traits: Properties): Properties
  /** Without texts that look private and keys that name secrets, at any depth; the same object where nothing is. */
  properties(properties: Properties): Properties
}

/** The rule for all that is sent, whoever sends it: what looks private is never stored. Remembers, for pages repeat. */
export function createRedaction(): Redaction {
  const text = remembered((value) => redactText(value) ?? '')

  /** Undefined: to be left out. */
  function valueOf(value: unknown): unknown {
    if (typeof value === 'string')
      return value && SUSPICIOUS.test(value) ? text(value) || undefined : value
    if (Array.isArray(value)) return listOf(value)
    return isObject(value) ? propertiesOf(value) : value
  }

  /** A list keeps its length, since places in it may count. */
  function listOf(list: readonly unknown[]): readonly unknown[] {
    const kept = list.map((value) => valueOf(value) ?? null)
    return kept.some((value, at) => value !== list[at]) ? kept : list
  }

  function propertiesOf(given: Properties): Properties {
    return keptOf(given, valueOf)
  }

  function traitsOf(given: Properties): Properties {
    return keptOf(given, (value, name) =>
      ADDRESS_TRAIT.test(name) && typeof value === 'string' ? value : valueOf(value),
    )
  }

  function keptOf(given: Properties, keep: (value: unknown, name: string) => unknown): Properties {
    let changed: Properties | undefined
    for (const [name, value] of Object.entries(given)) {
      const kept = isSecretName(name) ? undefined : keep(value, name)
      if (kept === value) continue
      changed ??= { ...given }
      if (kept === undefined) delete changed[name]
      else changed[name] = kept
    }
    return changed ?? given
  }

  return { url: remembered(redactUrl), text, traits: traitsOf, properties: propertiesOf }
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null
}

function remembered(redact: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text === '') return ''
    const redacted = known.get(text)
    if (redacted !== undefined) return redacted
    const fresh = redact(text)
    if (text.length > MAX_KNOWN_CHARS) return fresh
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MAX_KNOWN) known.delete(oldest)
    known.set(text, fresh)
    return fresh
  }
}
