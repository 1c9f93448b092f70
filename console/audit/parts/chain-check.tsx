import type { AuditCheck, AuditVerification } from '#protocol/audit.ts'
import { AUDIT_VERIFICATION_PATH } from '#protocol/names.ts'
import { send } from '../../api.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'

/** Whether the log still was what was written when that was last looked at; it is looked at anew when somebody asks. */
export function ChainCheck({ now }: { readonly now: number }) {
  const words = useWords()
  const { t, ago } = words
  const { value } = useReading<AuditCheck>(AUDIT_VERIFICATION_PATH)
  const checking = useChanging(checkLog, { renews: [AUDIT_VERIFICATION_PATH] })
  if (value === undefined) return null

  async function check(): Promise<void> {
    const reply = await checking.run(undefined)
    if (reply.refusal !== undefined) say(refusalText(reply, words))
  }

  const action = (
    <Button kind="quiet" isBusy={checking.isBusy} onClick={() => void check()}>
      {t(value.last === null ? 'audit.chain.first' : 'audit.chain.again')}
    </Button>
  )
  if (value.last === null)
    return <Notice tone="note" title={t('audit.chain.never')} action={action} />
  const { fault, entries, brokenAt, checkedAt } = value.last
  const when = ago(checkedAt, now)
  if (fault === null) {
    return (
      <Notice tone="good" title={t('audit.chain.whole', { n: entries, when })} action={action} />
    )
  }
  return (
    <Notice tone="bad" title={t(`audit.chain.${fault}`, { seq: brokenAt ?? 0 })} action={action}>
      <p>{t('audit.chain.ask', { when })}</p>
    </Notice>
  )
}

function checkLog() {
  return send<AuditVerification>(AUDIT_VERIFICATION_PATH, {})
}
