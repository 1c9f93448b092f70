import { useEffect, useRef } from 'preact/hooks'
import { Link } from './link.tsx'
import './tabs.css'

interface TabsProps<Key extends string> {
  /** What they are parts of, for who hears it. */
  readonly label: string
  readonly tabs: readonly { readonly key: Key; readonly label: string; readonly href: string }[]
  readonly shown: Key
}

/** Parts of one page, each with an address. */
export function Tabs<Key extends string>({ label, tabs, shown }: TabsProps<Key>) {
  const row = useRef<HTMLElement>(null)
  // Phones have no room for all of them. The page itself stays where it is.
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[aria-current]')
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [shown])
  return (
    <nav class="tabs" aria-label={label} ref={row}>
      {tabs.map(({ key, label: name, href }) => (
        <Link key={key} href={href} class="tab" aria-current={key === shown ? 'true' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}
