import { useEffect, useRef } from 'preact/hooks'
import { mayOpen, pageAt, PAGES, type ConsolePage } from '../../pages.ts'
import { route } from '../../router.ts'
import { useSession } from '../../session.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'

const GROUPS = [
  { group: 'shop', label: undefined },
  { group: 'settings', label: 'nav.settings' },
] as const

/** Pages that the member's roles open. `onGo`: what closes the sheet that it is in. */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const { t } = useWords()
  const { shop } = useSession()
  const nav = useRef<HTMLElement>(null)
  const { path } = route.value
  // A low window has no room for all of them, and less of it once chats are told of above.
  useEffect(() => {
    const list = nav.current
    if (list === null) return undefined
    const seen = new ResizeObserver(() => {
      list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
    })
    seen.observe(list)
    return () => seen.disconnect()
  }, [path])
  return (
    <nav class="nav" aria-label={t('nav.label')} ref={nav}>
      {GROUPS.map(({ group, label }) => {
        const pages = PAGES.filter((page) => page.group === group && mayOpen(shop, page))
        return (
          pages.length > 0 && (
            <div class="nav-group" key={group}>
              {label !== undefined && <p class="nav-title">{t(label)}</p>}
              <ul>
                {pages.map((page) => (
                  <li key={page.path}>
                    <PageLink page={page} {...(onGo !== undefined && { onGo })} />
                  </li>
                ))}
              </ul>
            </div>
          )
        )
      })}
    </nav>
  )
}

interface PageLinkProps {
  readonly page: ConsolePage
  readonly onGo?: () => void
}

function PageLink({ page, onGo }: PageLinkProps) {
  const { t } = useWords()
  const { path } = route.value
  const isAbove = pageAt(path)?.under === page.path
  return (
    <Link
      href={page.path}
      class="nav-link"
      aria-current={page.path === path ? 'page' : isAbove ? 'true' : undefined}
      {...(onGo !== undefined && { onClick: onGo })}
    >
      <Icon name={page.icon} />
      {t(page.label)}
    </Link>
  )
}
