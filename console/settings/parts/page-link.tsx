import type { ComponentChildren } from 'preact'
import { Link } from '../../ui/link.tsx'
import './guide-link.css'

interface PageLinkProps {
  readonly href: string
  readonly isCode?: boolean
  readonly children: ComponentChildren
}

/** To another page of the console, within words or a row. */
export function PageLink({ href, isCode = false, children }: PageLinkProps) {
  return (
    <Link href={href} class={isCode ? 'guide-link guide-link-code' : 'guide-link'}>
      {children}
    </Link>
  )
}
