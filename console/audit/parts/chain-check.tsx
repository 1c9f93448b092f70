import type { AuditVerification } from '#protocol/audit.ts'
import { AUDIT_VERIFICATION_PATH } from '#protocol/names.ts'
import { useReading } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useWords } from '../../words.ts'

/** Whether the log still is what was written. */
export function ChainCheck({ now }: { readonly now: number }) {
  const { t, ago } = useWords()
  const { value, again } = useReading<AuditVerification>(AUDIT_VERIFICATION_PATH)
  if (value === undefined) return null
  const { fault, entries, brokenAt, checkedAt } = value
  const check = (
    <Button kind="quiet" onClick={again}>
      {t('audit.chain.again')}
    </Button>
  )
  if (fault === null) {
    const title = t('audit.chain.whole', { n: entries, when: ago(checkedAt, now) })
    return <Notice tone="good" title={title} action={check} />
  }
  return (
    <Notice tone="bad" title={t(`audit.chain.${fault}`, { seq: brokenAt ?? 0 })} action={check}>
      <p>{t('audit.chain.ask')}</p>
    </Notice>
  )
}
