import type { OwnShop } from '#protocol/account.ts'
import { ACCOUNT_PATH, CONSOLE_PATH } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormEnd } from '../../ui/form.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { leaveShop } from '../requests.ts'

interface LeaveShopDialogProps {
  /** Undefined: none is asked about. */
  readonly shop: OwnShop | undefined
  readonly onClose: () => void
}

/** Asks first: without an invitation nobody comes back. */
export function LeaveShopDialog({ shop, onClose }: LeaveShopDialogProps) {
  const { t } = useWords()
  return (
    <Dialog
      title={t('leaving.title', { shop: shop?.name ?? '' })}
      isOpen={shop !== undefined}
      onClose={onClose}
    >
      {shop !== undefined && <Leaving shop={shop} onClose={onClose} />}
    </Dialog>
  )
}

function Leaving({ shop, onClose }: { readonly shop: OwnShop; readonly onClose: () => void }) {
  const words = useWords()
  const { t } = words
  const { shop: shown, account } = useSession()
  const isShown = shown.key === shop.key
  const isLast = account.shops.length === 1
  const leaving = useChanging(leaveShop, { renews: isShown ? [] : [ACCOUNT_PATH] })
  const { refused } = leaving

  async function leave(): Promise<void> {
    const { refusal } = await leaving.run(shop.key)
    if (refusal !== undefined) return
    // A new page, so that nothing of the shop that is shown stays in it.
    if (isShown) return location.replace(CONSOLE_PATH)
    onClose()
    say(t('leaving.done', { shop: shop.name }))
  }

  return (
    <>
      <p>{t('leaving.text')}</p>
      {isLast && <p>{t('leaving.last_shop')}</p>}
      <p class="control-fault" role="alert">
        {refused?.refusal === 'conflict'
          ? t('leaving.last_owner')
          : refused !== undefined && refusalText(refused, words)}
      </p>
      <FormEnd>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button kind="danger" isBusy={leaving.isBusy} onClick={() => void leave()}>
          {t('leaving.action', { shop: shop.name })}
        </Button>
      </FormEnd>
    </>
  )
}
