import { mayOpen, PAGES, type ConsolePage } from '../../pages.ts'
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
  return (
    <nav class="nav" aria-label={t('nav.label')}>
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
  const isHere = page.path === route.value.path
  return (
    <Link
      href={page.path}
      class="nav-link"
      aria-current={isHere ? 'page' : undefined}
      {...(onGo !== undefined && { onClick: onGo })}
    >
      <Icon name={page.icon} />
      {t(page.label)}
    </Link>
  )
}
