import { ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useListing } from '../queries.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Section } from '../ui/section.tsx'
import { useWords } from '../words.ts'
import { OriginForm } from './parts/origin-form.tsx'
import { OriginTable } from './parts/origin-table.tsx'
import '../settings/settings.css'

/** Where pages may use the shop's public key. */
export function Page() {
  const { t } = useWords()
  const origins = useListing<ListedOrigin>(ORIGINS_PATH)
  return (
    <PageFrame title={t('origin.title')} intro={t('origin.intro')}>
      <Loaded reading={origins} rows={4}>
        {(listed) => (
          <>
            <div class="settings-rows">
              {listed.length === 0 && (
                <Notice tone="warn" title={t('origin.none.title')}>
                  <p>{t('origin.none.text')}</p>
                </Notice>
              )}
              <OriginForm listed={listed} />
            </div>
            {listed.length > 0 && (
              <Section title={t('origin.list')}>
                <OriginTable listed={listed} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
