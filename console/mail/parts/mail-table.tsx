import type { ComponentChildren } from 'preact'
import type { MailSummary } from '#protocol/mail.ts'
import { Moment } from '../../settings/parts/moment.tsx'
import { OpenButton } from '../../settings/parts/open-button.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { MailStateMark } from './mail-state-mark.tsx'

interface MailTableProps {
  readonly mails: readonly MailSummary[]
  readonly empty: ComponentChildren
  readonly onOpen: (mail: MailSummary) => void
}

export function MailTable({ mails, empty, onOpen }: MailTableProps) {
  const { t } = useWords()
  return (
    <DataTable
      label={t('mail.outbox')}
      rows={mails}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'subject',
          title: t('mail.column.subject'),
          isMain: true,
          cell: (mail) => <OpenButton onOpen={() => onOpen(mail)}>{mail.subject}</OpenButton>,
        },
        { key: 'to', title: t('mail.column.to'), cell: ({ to }) => to.address },
        {
          key: 'state',
          title: t('mail.column.state'),
          cell: ({ state }) => <MailStateMark state={state} />,
        },
        {
          key: 'at',
          title: t('mail.column.at'),
          isAtEnd: true,
          cell: ({ createdAt }) => <Moment at={createdAt} />,
        },
      ]}
    />
  )
}
