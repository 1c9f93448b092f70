import type { ComponentChildren } from 'preact'
import { mayOpen, pageAt } from '../../pages.ts'
import { useSession } from '../../session.ts'
import { Link } from '../../ui/link.tsx'

interface RowsLinkProps {
  /** The page that lists what was counted. */
  readonly path: string
  readonly children: ComponentChildren
}

/** To the rows behind a figure; nothing where the console has no such page, or the member may not open it. */
export function RowsLink({ path, children }: RowsLinkProps) {
  const { shop } = useSession()
  const page = pageAt(path)
  if (page === undefined || !mayOpen(shop, page)) return null
  return (
    <Link href={path} class="rows-link">
      {children}
    </Link>
  )
}
