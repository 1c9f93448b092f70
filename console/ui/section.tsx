import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './section.css'

interface SectionProps {
  readonly title: string
  readonly text?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children?: ComponentChildren
}

export function Section({ title, text, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section class="section" aria-labelledby={id}>
      <header class="section-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="page-actions">{actions}</div>}
        {text !== undefined && <p class="section-text">{text}</p>}
      </header>
      {children}
    </section>
  )
}
