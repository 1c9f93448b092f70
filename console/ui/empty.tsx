import type { ComponentChildren } from 'preact'
import './empty.css'

interface EmptyProps {
  readonly title: string
  /** What will be here, and what it is for. */
  readonly text: string
  /** One. */
  readonly action?: ComponentChildren
}

export function Empty({ title, text, action }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{text}</p>
      {action}
    </div>
  )
}
