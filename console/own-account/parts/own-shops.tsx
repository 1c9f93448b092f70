import { useState } from 'preact/hooks'
import type { OwnShop } from '#protocol/account.ts'
import { LeaveShopDialog } from '../../members/parts/leave-shop-dialog.tsx'
import { useSession } from '../../session.ts'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'

/** Where one is a member, whatever one may do there: the page of members is not for all. */
export function OwnShops() {
  const { t, list, language } = useWords()
  const { account } = useSession()
  const [left, setLeft] = useState<OwnShop | undefined>(undefined)
  return (
    <Section title={t('shops.yours.title')} text={t('shops.yours.text')}>
      <ul class="own-lines">
        {account.shops.map((shop) => (
          <li key={shop.key} class="own-line">
            <div class="own-line-words">
              <p class="own-line-title">{shop.name}</p>
              <p class="own-line-text">
                {sentenceCase(list(shop.roles.map((role) => t(`role.${role}`))), language)}
              </p>
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
