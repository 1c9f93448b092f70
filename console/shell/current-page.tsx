import type { ComponentType } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { CONSOLE_PATH } from '#protocol/names.ts'
import { PageAccessContext } from '../page-access.ts'
import { mayOpen, pageAt, type ConsolePage } from '../pages.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Link } from '../ui/link.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useWords } from '../words.ts'
import { createPageLoader, type Loaded } from './page-loader.ts'
import { rolesFor } from './roles-for.ts'

const loadPage = createPageLoader({ memory: sessionStorage, reload: () => location.reload() })

/** The page at the address: its module is loaded when it is first wanted. */
export function CurrentPage() {
  const { shop } = useSession()
  const opens = useCallback(
    (path: string) => {
      const there = pageAt(path)
      return there !== undefined && mayOpen(shop, there)
    },
    [shop],
  )
  const page = pageAt(route.value.path)
  if (page === undefined) return <MissingPage />
  if (!mayOpen(shop, page)) return <NoAccess page={page} />
  // Another shop is another page: nothing of what was done in one is left in the other.
  return (
    <PageAccessContext.Provider value={opens}>
      <LoadedPage key={`${shop.key} ${page.path}`} page={page} />
    </PageAccessContext.Provider>
  )
}

function LoadedPage({ page }: { readonly page: ConsolePage }) {
  const [loaded, setLoaded] = useState<Loaded | undefined>(undefined)
  useEffect(() => {
    let isWanted = true
    void loadPage(page).then((outcome) => isWanted && setLoaded(outcome))
    return () => {
      isWanted = false
    }
  }, [page])
  if (loaded === undefined) return <Skeleton rows={4} />
  if (loaded.kind === 'broken') return <BrokenPage />
  return <Shown Page={loaded.Page} />
}

function Shown({ Page }: { readonly Page: ComponentType }) {
  return <Page />
}

function MissingPage() {
  const { t } = useWords()
  return (
    <PageFrame title={t('missing.title')} intro={t('missing.text')}>
      <p>
        <Link class="button" href={CONSOLE_PATH}>
          {t('missing.action')}
        </Link>
      </p>
    </PageFrame>
  )
}

function NoAccess({ page }: { readonly page: ConsolePage }) {
  const { shop } = useSession()
  const { t, anyOf } = useWords()
  const roles = page.needs === undefined ? [] : rolesFor(page.needs[0])
  const names = anyOf(roles.map((role) => t(`role.${role}`)))
  return (
    <PageFrame title={t('no_access.title')}>
      <p>{t('no_access.text', { roles: names, shop: shop.name })}</p>
    </PageFrame>
  )
}

function BrokenPage() {
  const { t } = useWords()
  return (
    <PageFrame title={t('broken.title')}>
      <Empty
        title={t('broken.title')}
        text={t('broken.text')}
        action={<Button onClick={() => location.reload()}>{t('broken.action')}</Button>}
      />
    </PageFrame>
  )
}
