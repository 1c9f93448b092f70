import type { FileImport } from '#protocol/imports.ts'
import { useSession } from '../../session.ts'
import { Section } from '../../ui/section.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import { faultsAddress } from '../addresses.ts'
import { lineFaultKey, whatOf } from '../feed-model.ts'

/** What the newest file brought, and which of its lines were left out. */
export function FeedRun({ run }: { readonly run: FileImport }) {
  const { t, number } = useWords()
  const { created, changed, unchanged, faultCount } = run
  const figures = { created, changed, unchanged, faults: faultCount }
  return (
    <>
      <Section title={t('feed.run.title')}>
        <dl class="feed-figures">
          {(['created', 'changed', 'unchanged', 'faults'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`feed.run.${name}`)}</dt>
              <dd>{number(figures[name])}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {faultCount > 0 && <Faults run={run} />}
    </>
  )
}

function Faults({ run: { id, faults, faultCount } }: { readonly run: FileImport }) {
  const { t, number } = useWords()
  const { shop } = useSession()
  const isPart = faults.length < faultCount
  const some = isPart ? ` ${t('feed.faults.some', { shown: faults.length, n: faultCount })}` : ''
  return (
    <Section
      title={t('feed.faults.title')}
      text={t('feed.faults.text') + some}
      actions={
        <a class="feed-download" href={faultsAddress(id, shop.key)} download>
          {t('feed.faults.download')}
        </a>
      }
    >
      <DataTable
        label={t('feed.faults.title')}
        rows={faults}
        keyOf={({ line }) => String(line)}
        empty={null}
        columns={[
          { key: 'line', title: t('feed.faults.line'), cell: ({ line }) => number(line) },
          {
            key: 'fault',
            title: t('feed.faults.fault'),
            cell: (fault) => {
              const known = lineFaultKey(fault)
              return known === undefined ? <code>{fault.fault}</code> : t(known)
            },
          },
          {
            key: 'detail',
            title: t('feed.faults.detail'),
            cell: (fault) => <code>{whatOf(fault)}</code>,
          },
        ]}
      />
    </Section>
  )
}
