/** @jsxRuntime classic */
/** @jsx h */
import type { BlockOf } from '#protocol/popup.ts'
import { h, type VNode } from '../../kit/h.ts'
import type { OfferGiven } from '../../kit/host.ts'

const UNITS = [
  { unit: 'day', seconds: 86_400, most: Infinity },
  { unit: 'hour', seconds: 3_600, most: 24 },
  { unit: 'minute', seconds: 60, most: 60 },
  { unit: 'second', seconds: 1, most: 60 },
] as const

/** What is left until a real end. A timer is never announced while it runs; whoever wants to know, reads it. */
export function countdown(
  block: BlockOf<'countdown'>,
  { text, unit: unitOf, language, now }: OfferGiven,
): VNode {
  const left = Math.ceil((block.until - now) / 1000)
  if (left <= 0) return <p class="text">{text(block.over)}</p>
  const shown = UNITS.filter(({ unit, seconds }) => unit !== 'day' || left >= seconds)
  return (
    <div class="countdown" role="timer">
      <p class="text">{text(block.label)}</p>
      <div class="row">
        {shown.map(({ unit, seconds, most }) => {
          const value = Math.floor(left / seconds) % most
          return (
            <span key={unit} class="unit">
              <b>{value.toLocaleString(language, { minimumIntegerDigits: 2 })}</b>{' '}
              <small>{unitOf(value, unit)}</small>{' '}
            </span>
          )
        })}
      </div>
    </div>
  )
}
