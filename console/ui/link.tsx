import type { ComponentChildren } from 'preact'
import { navigate } from '../router.ts'

interface LinkProps {
  readonly href: string
  readonly class?: string | undefined
  readonly 'aria-current'?: 'page' | 'step' | 'true' | undefined
  readonly children: ComponentChildren
  /** Besides going there. */
  readonly onClick?: () => void
}

/** A link inside of the console: followed without loading a document, unless another tab or a download is asked for. */
export function Link({ href, onClick, children, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        onClick?.()
        const isPlain = event.button === 0 && !event.defaultPrevented
        if (!isPlain || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        navigate(href)
      }}
    >
      {children}
    </a>
  )
}
