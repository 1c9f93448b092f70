import type { Job } from '#protocol/jobs.ts'
import type { MailStatus } from '#protocol/mail.ts'
import { JOBS_PATH, MAIL_STATUS_PATH, ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { remarksOn } from '../remarks.ts'

interface List<Item> {
  readonly items: readonly Item[]
}

/** What should be looked into; nothing where there is nothing. */
export function RemarkList() {
  const { t } = useWords()
  const { may } = useSession()
  const origins = useReading<List<ListedOrigin>>(may('shop', 'read') ? ORIGINS_PATH : undefined)
  const mail = useReading<MailStatus>(may('mail', 'read') ? MAIL_STATUS_PATH : undefined)
  const jobs = useReading<List<Job>>(may('jobs', 'read') ? `${JOBS_PATH}?state=dead` : undefined)
  const remarks = remarksOn({ origins: origins.value, mail: mail.value, deadJobs: jobs.value })
  if (remarks.length === 0) return null
  return (
    <Section title={t('home.remarks')}>
      <ul class="home-remarks">
        {remarks.map(({ message, n, path }) => (
          <li key={message}>
            <Link href={path} class="home-remark">
              <Icon name="warn" />
              <span>{t(message, n === undefined ? {} : { n })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
