import type { ComponentChildren } from 'preact'

interface OptionGroupProps {
  readonly title: string
  readonly isOpen?: boolean
  readonly children: ComponentChildren
}

/** Options that are out of the way until they are wanted. */
export function OptionGroup({ title, isOpen = false, children }: OptionGroupProps) {
  return (
    <details class="channel-group" open={isOpen}>
      <summary>{title}</summary>
      <div class="channel-group-body">{children}</div>
    </details>
  )
}
