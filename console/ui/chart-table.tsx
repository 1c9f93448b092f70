import { useEffect, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import type { ReadLine } from './chart-readout.tsx'
import { DataTable } from './table.tsx'

interface ChartTableProps {
  readonly label: string
  readonly times: readonly number[]
  readonly nameOf: (at: number) => string
  readonly series: readonly ReadLine[]
  readonly isOpen: boolean
}

/** The same figures in rows, for who would rather read them. */
export function ChartTable({ label, times, nameOf, series, isOpen }: ChartTableProps) {
  const { t } = useWords()
  const [isShown, setShown] = useState(isOpen)
  useEffect(() => {
    if (isOpen) setShown(true)
  }, [isOpen])
  const when = { key: 'at', title: t('chart.when'), isMain: true }
  return (
    <details
      class="chart-table folds"
      open={isShown}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>{t('chart.table')}</summary>
      {isShown && (
        <DataTable
          label={label}
          rows={times.map((at, point) => ({ at, point }))}
          keyOf={({ at }) => String(at)}
          columns={[
            { ...when, cell: ({ at }) => nameOf(at) },
            ...series.map(({ key, label: title, said }) => ({
              key,
              title,
              isAtEnd: true,
              cell: ({ point }: { readonly point: number }) => said(point),
            })),
          ]}
          empty={null}
        />
      )}
    </details>
  )
}
