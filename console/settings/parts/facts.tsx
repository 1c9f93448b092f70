import type { ComponentChildren } from 'preact'
import './facts.css'

interface FactsProps {
  readonly facts: readonly { readonly label: string; readonly value: ComponentChildren }[]
}

/** What is so, a line each; what has no value is left out. */
export function Facts({ facts }: FactsProps) {
  const told = facts.filter(({ value }) => value !== undefined && value !== null && value !== '')
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
