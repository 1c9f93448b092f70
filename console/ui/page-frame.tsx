import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { navigations } from '../router.ts'
import { usePageTitle } from './page-title.ts'
import './page-frame.css'

interface PageFrameProps {
  readonly title: string
  readonly intro?: ComponentChildren
  /** Buttons beside the title. */
  readonly actions?: ComponentChildren
  /** Takes all there is, for tables and lists of many columns. */
  readonly isWide?: boolean
  readonly children: ComponentChildren
}

/** Every page's outermost part: its title, for the tab too, and where the focus goes when one comes from another page. */
export function PageFrame({ title, intro, actions, isWide = false, children }: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title)
  useEffect(() => {
    if (navigations.value > 0) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div class={isWide ? 'page-frame page-wide' : 'page-frame'}>
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions !== undefined && <div class="page-actions">{actions}</div>}
        {intro !== undefined && <p class="page-intro">{intro}</p>}
      </header>
      {children}
    </div>
  )
}
