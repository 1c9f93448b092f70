import { useState } from 'preact/hooks'
import {
  CUSTOMER_EXPORT_PATH,
  CUSTOMER_PROFILES_PATH,
  VISITOR_EXPORT_PATH,
  VISITOR_PROFILES_PATH,
} from '#protocol/names.ts'
import type { Person } from '#protocol/people.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { AskDialog } from '../../settings/parts/ask-dialog.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { download } from '../download.ts'
import { CUSTOMERS_PAGE_PATH, VISITORS_PAGE_PATH } from '../list-pages.ts'
import { eraseOne } from '../requests.ts'

const RENEWS = { renews: [CUSTOMER_PROFILES_PATH, VISITOR_PROFILES_PATH] }

/** What a shop owes a person by law: all that is known of them, and to forget it. */
export function PersonActions({ person }: { readonly person: Person }) {
  const words = useWords()
  const { t } = words
  const { shop, may } = useSession()
  const [isAsking, setAsking] = useState(false)
  const { kind, id, customer } = person
  const isCustomers = kind === 'visitor' && customer !== null
  const file =
    kind === 'visitor'
      ? pathOf(VISITOR_EXPORT_PATH, { visitorId: id })
      : pathOf(CUSTOMER_EXPORT_PATH, { customerId: id })
  const exporting = useChanging(() => download(file, shop.key, () => undefined))
  const erasing = useChanging(eraseOne, RENEWS)

  async function save(): Promise<void> {
    const reply = await exporting.run(undefined)
    say(reply.refusal === undefined ? t('people.export.done') : refusalText(reply, words))
  }

  async function erase(): Promise<void> {
    const { refusal } = await erasing.run({ kind, id })
    if (refusal !== undefined) return
    say(t('people.erase.begun'))
    navigate(kind === 'visitor' ? VISITORS_PAGE_PATH : CUSTOMERS_PAGE_PATH)
  }

  const items = [
    ...(may('export', 'read')
      ? [
          {
            key: 'export',
            label: t('people.export'),
            hint: t('people.export.hint'),
            icon: 'download',
            onSelect: () => void save(),
          } as const,
        ]
      : []),
    ...(may('erasure', 'edit') && !isCustomers
      ? [
          {
            key: 'erase',
            label: t('people.erase'),
            icon: 'trash',
            isApart: true,
            isDangerous: true,
            onSelect: () => setAsking(true),
          } as const,
        ]
      : []),
  ]
  if (items.length === 0) return null
  return (
    <>
      <Menu label={<Icon name="more" />} name={t('ui.actions')} items={items} />
      {isAsking && (
        <AskDialog
          title={t('people.erase')}
          action={t('people.erase.action')}
          isBusy={erasing.isBusy}
          refused={erasing.refused}
          onAct={() => void erase()}
          onClose={() => setAsking(false)}
        >
          <p>{t('people.erase.what')}</p>
          <p>{t('people.erase.stays')}</p>
          <p>{t('people.erase.again')}</p>
        </AskDialog>
      )}
    </>
  )
}
