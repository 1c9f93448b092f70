import { useRef } from 'preact/hooks'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { exportAddress, mayExport } from '../requests.ts'

export function ExportSection() {
  const words = useWords()
  const { t } = words
  const { shop } = useSession()
  const link = useRef<HTMLAnchorElement>(null)
  const asking = useChanging(() => mayExport(Date.now()))

  async function save(): Promise<void> {
    const { refusal } = await asking.run(undefined)
    if (refusal !== undefined) return
    link.current?.click()
    say(t('data.export.begun'))
  }

  return (
    <Section title={t('data.export.title')} text={t('data.export.text')}>
      {asking.refused !== undefined && (
        <Notice tone="bad" title={refusalText(asking.refused, words)} />
      )}
      <div>
        <Button kind="primary" icon="download" isBusy={asking.isBusy} onClick={() => void save()}>
          {t('data.export.action')}
        </Button>
        {/* Saves as it comes, whatever its size: only a link makes a browser do that. */}
        <a
          ref={link}
          href={exportAddress(shop.key)}
          download
          hidden
          tabIndex={-1}
          aria-hidden="true"
        >
          {t('data.export.action')}
        </a>
      </div>
    </Section>
  )
}
