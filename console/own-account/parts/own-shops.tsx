import { useState } from 'preact/hooks'
import type { OwnShop } from '#protocol/account.ts'
import { LeaveShopDialog } from '../../members/parts/leave-shop-dialog.tsx'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'

/** Where one is a member, whatever one may do there: the page of members is not for all. */
export function OwnShops() {
  const { t, list } = useWords()
  const { account } = useSession()
  const [left, setLeft] = useState<OwnShop | undefined>(undefined)
  return (
    <Section title={t('shops.yours.title')} text={t('shops.yours.text')}>
      <ul class="lines">
        {account.shops.map((shop) => (
          <li key={shop.key} class="line">
            <div class="line-words">
              <p class="line-title">{shop.name}</p>
              <p class="line-text">{list(shop.roles.map((role) => t(`role.${role}`)))}</p>
            </div>
            <Button
              name={t('shops.leave.label', { shop: shop.name })}
              onClick={() => setLeft(shop)}
            >
              {t('shops.leave')}
            </Button>
          </li>
        ))}
      </ul>
      <LeaveShopDialog shop={left} onClose={() => setLeft(undefined)} />
    </Section>
  )
}
