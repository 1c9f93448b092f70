import { BY_PLATFORM } from '../consent.ts'
import type { LazyHost } from '../lazy.ts'

interface TcData {
  readonly listenerId?: number
  readonly eventStatus?: string
  readonly gdprApplies?: boolean
  readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> }
}
type TcfApi = (
  command: string,
  version: number,
  answer: (data: TcData, isSuccess: boolean) => void,
  parameter?: unknown,
) => void

/**
 * Follows the visitor's choice in a consent platform of the IAB's framework, which is read and never written.
 * Storage is its purpose 1, measurement 8, personalised content 5 and 6, advertising 3 and 4.
 */
export function start({ window, onEnd, consent }: LazyHost): void {
  const api = window.__tcfapi
  if (typeof api !== 'function' || followed.has(window)) return
  followed.add(window)
  const ask = api as TcfApi
  let listenerId: number | undefined

  ask('addEventListener', 2, (data, isSuccess) => {
    if (!isSuccess || !data) return
    listenerId = data.listenerId
    const isChosen = data.eventStatus === 'tcloaded' || data.eventStatus === 'useractioncomplete'
    if (isChosen && data.gdprApplies !== false)
      consent.choose(choiceOf(data.purpose?.consents ?? {}), BY_PLATFORM)
  })

  onEnd(() => {
    followed.delete(window)
    if (listenerId !== undefined) ask('removeEventListener', 2, () => {}, listenerId)
  })
}

const followed = new WeakSet<Window>()

function choiceOf(consents: Readonly<Record<string, boolean>>) {
  const has = (...purposes: number[]) => purposes.every((purpose) => consents[purpose] === true)
  return { statistics: has(1, 8), personalisation: has(1, 5, 6), marketing: has(1, 3, 4) }
}
