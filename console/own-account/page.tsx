import { OwnPresenceSection } from '../chat/parts/own-presence.tsx'
import { mayIn, useSession } from '../session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { OwnShops } from './parts/own-shops.tsx'
import { PasswordChange } from './parts/password-change.tsx'
import { Profile } from './parts/profile.tsx'
import { SecondFactor } from './parts/second-factor.tsx'
import { Sessions } from './parts/sessions.tsx'
import './own-account.css'

export function Page() {
  const { t } = useWords()
  const { shop } = useSession()
  return (
    <PageFrame title={t('own_account.title')} intro={t('own_account.intro')}>
      <Profile />
      {mayIn(shop, 'conversations', 'own') && <OwnPresenceSection />}
      <PasswordChange />
      <SecondFactor />
      <Sessions />
      <OwnShops />
    </PageFrame>
  )
}
