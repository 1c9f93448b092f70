import { MAIL_PATH, MAIL_STATUS_PATH, MAILS_PATH } from '#protocol/names.ts'
import type { Mail } from '#protocol/mail.ts'
import { failureWords } from '../../failures.ts'
import { useChanging, useReading } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Moment } from '../../settings/parts/moment.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { useSoon } from '../../settings/use-soon.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { canResend, isLeaving } from '../outbox.ts'
import { resendMail } from '../requests.ts'
import { MailStateMark } from './mail-state-mark.tsx'

interface MailDialogProps {
  readonly mailId: string
  readonly isConfigured: boolean
  readonly onClose: () => void
}

/** What a mail says and what became of it; sent again from here. */
export function MailDialog({ mailId, isConfigured, onClose }: MailDialogProps) {
  const words = useWords()
  const { t } = words
  const mail = useReading<Mail>(pathOf(MAIL_PATH, { mailId }))
  const resending = useChanging(() => resendMail(mailId), {
    renews: [MAILS_PATH, MAIL_STATUS_PATH],
  })
  const { value } = mail
  useSoon(value !== undefined && isLeaving(value, isConfigured), mail.again)

  async function resend(to: string): Promise<void> {
    const reply = await resending.run(undefined)
    say(reply.refusal === undefined ? t('mail.resent', { to }) : refusalText(reply, words))
  }

  return (
    <Dialog
      title={t('mail.details')}
      isOpen
      onClose={onClose}
      actions={
        value !== undefined &&
        canResend(value, isConfigured) && (
          <Button isBusy={resending.isBusy} onClick={() => void resend(value.to.address)}>
            {t(value.state === 'uncertain' ? 'mail.resend.twice' : 'mail.resend')}
          </Button>
        )
      }
    >
      <Loaded reading={mail} rows={6}>
        {(found) => <Details mail={found} />}
      </Loaded>
    </Dialog>
  )
}

function Details({ mail }: { readonly mail: Mail }) {
  const words = useWords()
  const { t, number } = words
  const { to, subject, state, attempts, lastError, createdAt, sentAt, messageId, text } = mail
  return (
    <>
      <Facts
        facts={[
          {
            label: t('mail.column.to'),
            value: to.name ? `${to.name} <${to.address}>` : to.address,
          },
          { label: t('mail.column.subject'), value: subject },
          { label: t('mail.column.state'), value: <MailStateMark state={state} /> },
          { label: t('mail.error'), value: lastError && failureWords(lastError, words) },
          { label: t('mail.attempts'), value: number(attempts) },
          { label: t('mail.column.at'), value: <Moment at={createdAt} /> },
          { label: t('mail.sent_at'), value: sentAt !== null && <Moment at={sentAt} /> },
          { label: t('mail.message_id'), value: <code>{messageId}</code> },
        ]}
      />
      <h3 class="mail-part">{t('mail.text')}</h3>
      {text === null || text === '' ? (
        <p class="control-hint">{t('mail.text.secret')}</p>
      ) : (
        <p class="mail-text">{text}</p>
      )}
    </>
  )
}
