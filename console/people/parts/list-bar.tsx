import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useSearch } from '../use-search.ts'
import './list-bar.css'

interface ListBarProps<Order extends string> {
  readonly searchLabel: string
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly order?: {
    readonly label: string
    readonly value: Order
    readonly options: readonly { readonly value: Order; readonly label: string }[]
    readonly onChange: (order: Order) => void
  }
  /** Further fields, and views. */
  readonly children?: ComponentChildren
}

/** Above a list: what is looked for, and in which order. */
export function ListBar<Order extends string>(props: ListBarProps<Order>) {
  const id = useId()
  const { searchLabel, order, children } = props
  const [text, type] = useSearch(props.search, props.onSearch)
  return (
    <div class="list-bar">
      <span class="list-search">
        <label class="visually-hidden" for={id}>
          {searchLabel}
        </label>
        <Icon name="search" />
        <input
          id={id}
          type="search"
          placeholder={searchLabel}
          value={text}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
      </span>
      {children}
      {order !== undefined && <FilterField {...order} />}
    </div>
  )
}
