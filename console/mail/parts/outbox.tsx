import { useState } from 'preact/hooks'
import { MAILS_PATH } from '#protocol/names.ts'
import type { MailStatus, MailSummary } from '#protocol/mail.ts'
import { useListing } from '../../queries.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { MoreButton } from '../../settings/parts/more-button.tsx'
import { pathOf } from '../../settings/path-of.ts'
import { useSoon } from '../../settings/use-soon.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { firstFilter, isLeaving, SHOWN, type Shown } from '../outbox.ts'
import { MailDialog } from './mail-dialog.tsx'
import { MailTable } from './mail-table.tsx'

interface OutboxProps {
  readonly status: MailStatus
  readonly onChanged: () => void
}

/** All mails of the shop; those of which nobody knows whether they arrived come first. */
export function Outbox({ status, onChanged }: OutboxProps) {
  const { t, number } = useWords()
  const { counts, isConfigured } = status
  const [state, setState] = useState<Shown>(() => firstFilter(counts))
  const [openId, setOpenId] = useState<string | undefined>(undefined)
  const mails = useListing<MailSummary>(pathOf(MAILS_PATH, {}, { state }))
  const isAwaited = mails.value?.some((mail) => isLeaving(mail, isConfigured)) === true
  useSoon(isAwaited, () => {
    mails.again()
    onChanged()
  })
  const labelOf = (value: Shown) =>
    value === '' ? t('settings.all') : `${t(`mail.state.${value}`)} (${number(counts[value])})`
  const empty =
    state === '' ? (
      <Empty title={t('mail.empty.title')} text={t('mail.empty.text')} />
    ) : (
      <p class="control-hint">{t('mail.empty.filtered')}</p>
    )
  return (
    <Section
      title={t('mail.outbox')}
      text={t('mail.outbox.text')}
      actions={
        <FilterField
          label={t('mail.filter')}
          value={state}
          options={SHOWN.map((value) => ({ value, label: labelOf(value) }))}
          onChange={setState}
        />
      }
    >
      <div class="settings-rows">
        {counts.uncertain > 0 && (
          <Notice
            tone="warn"
            title={t('mail.uncertain.title', { n: counts.uncertain })}
            action={
              state !== 'uncertain' && (
                <Button onClick={() => setState('uncertain')}>{t('mail.uncertain.show')}</Button>
              )
            }
          >
            <p>{t('mail.uncertain.text')}</p>
          </Notice>
        )}
        <Loaded reading={mails} rows={5}>
          {(listed) => (
            <MailTable mails={listed} empty={empty} onOpen={({ id }) => setOpenId(id)} />
          )}
        </Loaded>
        <MoreButton listing={mails} />
      </div>
      {openId !== undefined && (
        <MailDialog
          mailId={openId}
          isConfigured={isConfigured}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </Section>
  )
}
