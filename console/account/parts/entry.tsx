import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface EntryProps {
  readonly title: string
  readonly children: ComponentChildren
}

/** A page of one column in front of the console: one thing to do. */
export function Entry({ title, children }: EntryProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Granplaza`
    // What had the focus went with the step before: screen readers and Tab go on from here, unless a field has it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title])
  return (
    <>
      <header class="header">
        <span class="brand">Granplaza</span>
      </header>
      <main class="entry">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </>
  )
}
