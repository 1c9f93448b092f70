import { useSession } from '../../session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Link } from '../../ui/link.tsx'
import { useWords } from '../../words.ts'

/** For whom the shop's figures are none of theirs: what they may do here instead. */
export function NoFigures() {
  const { t } = useWords()
  const { may } = useSession()
  const who = may('customers', 'read') ? 'operator' : 'host'
  const path = who === 'operator' ? '/console/customers' : '/console/products'
  return (
    <Empty
      title={t('home.no_figures')}
      text={t(`home.no_figures.${who}`)}
      action={
        <Link class="button" href={path}>
          {t(`home.no_figures.${who}.open`)}
        </Link>
      }
    />
  )
}
