import { usePageAccess } from '../../page-access.ts'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'
import { FIRST_RUN_PAGE_PATH } from '../list-pages.ts'

/** What there is to do about a list that is empty because nothing has arrived, for whoever may do it. */
export function ConnectShop() {
  const { t } = useWords()
  const opens = usePageAccess()
  if (!opens(FIRST_RUN_PAGE_PATH)) return null
  return (
    <Link class="button" href={FIRST_RUN_PAGE_PATH}>
      {t('home.connect')}
    </Link>
  )
}
