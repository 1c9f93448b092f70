import type { ComponentChildren } from 'preact'

interface GroupProps {
  readonly title: string
  readonly isOpen?: boolean
  readonly children: ComponentChildren
}

/** Options that are out of the way until they are wanted. */
export function Group({ title, isOpen = false, children }: GroupProps) {
  return (
    <details class="editor-group folds" open={isOpen}>
      <summary>{title}</summary>
      <div class="editor-group-body">{children}</div>
    </details>
  )
}
