import { useSession } from '../session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { DeletionSection } from './parts/deletion-section.tsx'
import { ExportSection } from './parts/export-section.tsx'

/** The whole of a shop: taken along, or given up. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  return (
    <PageFrame title={t('data.title')} intro={t('data.intro')}>
      {may('export', 'read') && <ExportSection />}
      {may('deletion', 'edit') && <DeletionSection />}
    </PageFrame>
  )
}
