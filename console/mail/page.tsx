import { MAIL_STATUS_PATH } from '#protocol/names.ts'
import type { MailStatus } from '#protocol/mail.ts'
import { useReading } from '../queries.ts'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { MailServer } from './parts/mail-server.tsx'
import { Outbox } from './parts/outbox.tsx'
import { TestMailForm } from './parts/test-mail-form.tsx'
import '../settings/settings.css'
import './mail.css'

/** How mail leaves, and what became of each. */
export function Page() {
  const { t } = useWords()
  const status = useReading<MailStatus>(MAIL_STATUS_PATH)
  return (
    <PageFrame title={t('mail.title')} intro={t('mail.intro')}>
      <Loaded reading={status} rows={8}>
        {(found) => (
          <>
            <MailServer status={found} />
            {found.isConfigured && <TestMailForm />}
            <Outbox status={found} onChanged={status.again} />
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
