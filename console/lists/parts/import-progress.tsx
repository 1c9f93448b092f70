import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { DataTable } from '../../ui/table.tsx'
import { useWords } from '../../words.ts'
import type { ImportModel } from '../import-model.ts'

/** How far it is read, and which lines were left out and why. */
export function ImportProgress({ model }: { readonly model: ImportModel }) {
  const { t, number } = useWords()
  const found = model.found.value
  if (found === undefined) return null
  const { lines, doneLines, added, alreadyThere, faultCount, faults } = found
  const isDone = model.step.value === 'done'
  const figures = t('lists.figures', { added: number(added), there: number(alreadyThere) })
  return (
    <>
      {isDone ? (
        <Notice tone={faultCount === 0 ? 'good' : 'warn'} title={t('lists.done', { n: added })}>
          <p>{figures}</p>
        </Notice>
      ) : (
        <div class="list-progress">
          <progress max={Math.max(1, lines)} value={doneLines} aria-label={t('lists.running')} />
          <p>{t('lists.running.of', { done: number(doneLines), n: lines })}</p>
        </div>
      )}
      {faultCount > 0 && (
        <>
          <h3 class="list-faults">{t('lists.faults', { n: faultCount })}</h3>
          <DataTable
            label={t('lists.faults', { n: faultCount })}
            rows={faults}
            keyOf={({ line }) => String(line)}
            empty={undefined}
            columns={[
              {
                key: 'line',
                title: t('lists.fault.line'),
                cell: ({ line }) => number(line),
              },
              {
                key: 'fault',
                title: t('lists.fault.why'),
                isMain: true,
                cell: ({ fault }) => t(`lists.line.${fault}`),
              },
            ]}
          />
          {faultCount > faults.length && (
            <p class="list-note">{t('lists.faults.more', { n: faultCount - faults.length })}</p>
          )}
        </>
      )}
      {isDone && (
        <div class="form-end">
          <Button onClick={model.again}>{t('lists.another')}</Button>
        </div>
      )}
    </>
  )
}
