import { useEffect, useState } from 'preact/hooks'
import { about, send, type Refused } from '../api.ts'
import { useSession } from '../session.ts'

/** Whoever types is not asked about at every key. */
const WAIT_MS = 350

export interface Asked<Value> {
  /** The newest answer, of what was asked then. */
  readonly value?: Value
  /** What it answers, as text. */
  readonly of?: string
  readonly refused?: Refused
  readonly isAsking: boolean
}

const NOTHING = { isAsking: false }

/** Asks `path` of what is looked at now, a moment after it changed last; undefined: there is nothing to ask. */
export function useAsked<Value>(path: string, body: object | undefined): Asked<Value> {
  const { shop } = useSession()
  const [asked, setAsked] = useState<Asked<Value>>(NOTHING)
  const text = body === undefined ? undefined : JSON.stringify(body)
  useEffect(() => {
    if (text === undefined) {
      setAsked(NOTHING)
      return undefined
    }
    const stopping = new AbortController()
    setAsked((before) => ({ ...before, isAsking: true }))
    const timer = setTimeout(() => void ask(text), WAIT_MS)

    async function ask(sent: string): Promise<void> {
      const reply = await about(shop.key, () =>
        send<Value>(path, JSON.parse(sent) as object, stopping.signal),
      )
      if (stopping.signal.aborted) return
      if (reply.refusal === undefined) setAsked({ value: reply.value, of: sent, isAsking: false })
      else setAsked({ refused: reply, isAsking: false })
    }

    return () => {
      clearTimeout(timer)
      stopping.abort()
    }
  }, [path, text, shop.key])
  return asked
}
