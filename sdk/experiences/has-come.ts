import type { Known, Trigger } from '#protocol/experiences.ts'

/** Whether this trigger's moment has come by what has happened on the page and what is known. */
export function hasCome(
  trigger: Trigger,
  names: readonly string[],
  known: Known | undefined,
): boolean {
  const { on } = trigger
  if (on === 'event') return names.includes(trigger.name)
  if (on === 'pages') return (known?.pages ?? 0) >= trigger.count
  if (on !== 'cartValue') return on === 'load'
  const total = known?.cart?.total
  return total?.currency === trigger.currency && total.amount >= trigger.amount
}

/** Those that `hasCome` knows, and the one that never comes; for the others something has to listen. */
export const NEEDS_NO_EAR = /^(load|event|pages|cartValue|manual)$/
