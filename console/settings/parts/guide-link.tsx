import type { ComponentChildren } from 'preact'
import { Icon } from '../../ui/icon.tsx'
import './guide-link.css'

interface GuideLinkProps {
  readonly href: string
  readonly children: ComponentChildren
}

/** To a guide of the shop's own server, beside what is being done here. */
export function GuideLink({ href, children }: GuideLinkProps) {
  return (
    <a class="guide-link" href={href} target="_blank" rel="noopener">
      {children}
      <Icon name="external" />
    </a>
  )
}
