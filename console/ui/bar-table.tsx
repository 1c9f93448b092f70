import type { ComponentChildren } from 'preact'
import './bar-table.css'

interface BarColumn<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  /** Gives way where there is no room. */
  readonly isExtra?: boolean
}

interface BarTableProps<Row> {
  /** What is listed, for who hears it. */
  readonly label: string
  /** Of what names the rows. */
  readonly title: string
  readonly nameOf: (row: Row) => ComponentChildren
  readonly columns: readonly BarColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** What the bar behind the name is as long as; the longest fills it. */
  readonly lengthOf: (row: Row) => number
}

/** Few rows that are compared at a glance: a bar lies behind each name. */
export function BarTable<Row>(props: BarTableProps<Row>) {
  const { label, title, nameOf, columns, rows, keyOf, lengthOf } = props
  const longest = Math.max(1, ...rows.map(lengthOf))
  return (
    <table class="bar-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {columns.map(({ key, title: name, isExtra }) => (
            <th key={key} scope="col" class={isExtra === true ? 'bar-extra' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row">
              <span
                class="bar-fill"
                style={{ inlineSize: `${(lengthOf(row) / longest) * 100}%` }}
              />
              <span class="bar-name">{nameOf(row)}</span>
            </th>
            {columns.map(({ key, cell, isExtra }) => (
              <td key={key} class={isExtra === true ? 'bar-extra' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
