import type { ComponentChildren } from 'preact'
import './facts.css'

interface FactsProps {
  readonly facts: readonly { readonly label: string; readonly value: ComponentChildren }[]
}

const NOTHING: readonly ComponentChildren[] = [undefined, null, false, '']

/** What is so, a line each; what has no value is left out. */
export function Facts({ facts }: FactsProps) {
  const told = facts.filter(({ value }) => !NOTHING.includes(value))
  return (
    <dl class="fact-list">
      {told.map(({ label, value }) => (
        <div class="fact-line" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
