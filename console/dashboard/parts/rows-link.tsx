import type { ComponentChildren } from 'preact'
import { usePageAccess } from '../../page-access.ts'
import { Link } from '../../ui/link.tsx'

interface RowsLinkProps {
  /** The page that lists what was counted. */
  readonly path: string
  readonly children: ComponentChildren
}

/** To the rows behind a figure; nothing where the console has no such page, or the member may not open it. */
export function RowsLink({ path, children }: RowsLinkProps) {
  const mayOpen = usePageAccess()
  if (!mayOpen(path)) return null
  return (
    <Link href={path} class="rows-link">
      {children}
    </Link>
  )
}
