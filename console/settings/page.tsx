import { IDENTITY_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { IdentityAnswer, ShopAnswer } from '#protocol/shop.ts'
import { useReading } from '../queries.ts'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { ConsentForm } from './parts/consent-form.tsx'
import { IdentityForm } from './parts/identity-form.tsx'
import { IdentitySecret } from './parts/identity-secret.tsx'
import { LanguagesForm } from './parts/languages-form.tsx'
import { RetentionForm } from './parts/retention-form.tsx'
import { ShopForm } from './parts/shop-form.tsx'
import './settings.css'

/** What holds for the shop as a whole. */
export function Page() {
  const { t } = useWords()
  const shop = useReading<ShopAnswer>(SHOP_PATH)
  const identity = useReading<IdentityAnswer>(IDENTITY_PATH)
  return (
    <PageFrame title={t('settings.title')}>
      <Loaded reading={shop} rows={6}>
        {(settings) => (
          <>
            <ShopForm settings={settings} />
            <LanguagesForm settings={settings} />
            <ConsentForm settings={settings} />
            <RetentionForm settings={settings} />
          </>
        )}
      </Loaded>
      <Loaded reading={identity} rows={4}>
        {(value) => (
          <>
            <IdentityForm identity={value} />
            <IdentitySecret identity={value} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
