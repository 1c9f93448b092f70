import type { ComponentChildren } from 'preact'
import { useWords } from '../words.ts'
import './table.css'

interface Column<Row> {
  readonly key: string
  /** Empty for one of buttons alone. */
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  /** Figures, and what is done with the row. */
  readonly isAtEnd?: boolean
  /** Names the row; the others may give way to it. */
  readonly isMain?: boolean
}

interface DataTableProps<Row> {
  /** What is listed, for who hears it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Stands in its place. */
  readonly empty: ComponentChildren
}

/** A table; on phones each row is a card (table.css). */
export function DataTable<Row>({ label, columns, rows, keyOf, empty }: DataTableProps<Row>) {
  const { t } = useWords()
  if (rows.length === 0) return <>{empty}</>
  return (
    <table class="table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ key, title, isAtEnd }) => (
            <th key={key} scope="col" class={isAtEnd === true ? 'at-end' : undefined}>
              {title === '' ? <span class="visually-hidden">{t('ui.actions')}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ key, title, cell, isAtEnd, isMain }) => (
              <td
                key={key}
                data-title={title}
                class={isMain === true ? 'is-main' : isAtEnd === true ? 'at-end' : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
