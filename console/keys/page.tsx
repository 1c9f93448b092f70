import { useState } from 'preact/hooks'
import { API_DOCS_PATH, KEYS_PATH } from '#protocol/names.ts'
import type { SecretKey } from '#protocol/shop.ts'
import { useListing } from '../queries.ts'
import { useSession } from '../session.ts'
import { GuideLink } from '../settings/parts/guide-link.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Section } from '../ui/section.tsx'
import { useWords } from '../words.ts'
import { KeyTable } from './parts/key-table.tsx'
import { MakeKey } from './parts/make-key.tsx'
import '../settings/settings.css'
import './keys.css'

/** The public key, and what servers have instead. */
export function Page() {
  const { t } = useWords()
  const { shop } = useSession()
  const keys = useListing<SecretKey>(KEYS_PATH)
  const [isMaking, setMaking] = useState(false)
  // An admin's own, an owner's all: the server lists what they may see.
  const isOwnOnly = shop.permissions['keys'] === 'own'
  const make = (
    <Button kind="primary" onClick={() => setMaking(true)}>
      {t('key.make')}
    </Button>
  )
  const hasSome = keys.value !== undefined && keys.value.length > 0
  return (
    <PageFrame title={t('key.title')} intro={t('key.intro')}>
      <Section title={t('key.public.title')} text={t('key.public.text')}>
        <div class="key-line">
          <code>{shop.key}</code>
          <CopyButton text={shop.key} label={t('key.public.copy')} />
        </div>
      </Section>
      <Section
        title={t('key.secret.title')}
        text={
          <>
            {t('key.secret.text')} <GuideLink href={API_DOCS_PATH}>{t('key.reference')}</GuideLink>
          </>
        }
        actions={hasSome ? make : undefined}
      >
        <div class="settings-rows">
          {isOwnOnly && <p class="control-hint">{t('key.own')}</p>}
          <Loaded reading={keys} rows={3}>
            {(made) => (
              <KeyTable
                keys={made}
                empty={
                  <Empty title={t('key.empty.title')} text={t('key.empty.text')} action={make} />
                }
              />
            )}
          </Loaded>
        </div>
      </Section>
      {isMaking && <MakeKey onClose={() => setMaking(false)} />}
    </PageFrame>
  )
}
