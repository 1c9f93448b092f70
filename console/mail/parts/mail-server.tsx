import type { MailAddress, MailCheck, MailStatus } from '#protocol/mail.ts'
import { useState } from 'preact/hooks'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { checkMailServer } from '../requests.ts'

/** How mail leaves; where it does not, who can change that. */
export function MailServer({ status }: { readonly status: MailStatus }) {
  const { t } = useWords()
  const { server, from, dkim } = status
  if (server === null) {
    return (
      <Notice tone="warn" title={t('mail.off.title')}>
        <p>{t('mail.off.text')}</p>
      </Notice>
    )
  }
  return (
    <Section title={t('mail.server.title')}>
      <div class="settings-rows">
        <Facts
          facts={[
            { label: t('mail.server'), value: `${server.host}:${server.port}` },
            {
              label: t('mail.encryption'),
              value: t(server.isSecure ? 'mail.secure' : 'mail.starttls'),
            },
            { label: t('mail.from'), value: from && addressText(from) },
            {
              label: t('mail.dkim'),
              value: dkim === null ? t('mail.dkim.none') : t('mail.dkim.value', { ...dkim }),
            },
          ]}
        />
        <ServerCheck />
      </div>
    </Section>
  )
}

function ServerCheck() {
  const words = useWords()
  const { t } = words
  const [found, setFound] = useState<MailCheck | undefined>(undefined)
  const checking = useChanging(checkMailServer)

  async function check(): Promise<void> {
    setFound(undefined)
    const reply = await checking.run(undefined)
    if (reply.refusal === undefined) setFound(reply.value)
    else setFound({ isReachable: false, problem: refusalText(reply, words) })
  }

  return (
    <>
      <p>
        <Button isBusy={checking.isBusy} onClick={() => void check()}>
          {t(checking.isBusy ? 'mail.checking' : 'mail.check')}
        </Button>
      </p>
      {found?.isReachable === true && <Notice tone="good" title={t('mail.check.good')} />}
      <output class="visually-hidden">{found?.isReachable === true && t('mail.check.good')}</output>
      {found?.isReachable === false && (
        <Notice tone="bad" title={t('mail.check.bad')}>
          <p>{found.problem}</p>
        </Notice>
      )}
    </>
  )
}

function addressText({ address, name }: MailAddress): string {
  return name === undefined ? address : `${name} <${address}>`
}
