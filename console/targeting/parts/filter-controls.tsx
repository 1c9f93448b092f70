import type { ComponentChildren } from 'preact'
import type { ItemFilter, PropertyFilter } from '#protocol/leaf.ts'
import { useSession } from '../../session.ts'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import { minorUnitsOf } from '../money.ts'
import type { Suggested } from '../slots.ts'
import { InlineSelect } from './inline-select.tsx'
import { InlineText } from './inline-text.tsx'
import { NumberControl } from './number-control.tsx'
import { TextControl } from './text-control.tsx'
import { ValueControl } from './value-control.tsx'

const MAX_FILTERS = 10
const MAX_NAME_CHARS = 200
const FIELDS = ['category', 'brand', 'name', 'price', 'attribute', 'id'] as const
const SUGGESTED: Partial<Record<ItemFilter['field'], Suggested>> = {
  category: 'categories',
  brand: 'brands',
  name: 'productNames',
  id: 'productIds',
}

/** “whose category is “shoes” and whose price is less than €50”. */
export function ItemsControl(props: {
  readonly value: readonly ItemFilter[]
  readonly onChange: (value: readonly ItemFilter[]) => void
}) {
  const { value, onChange } = props
  const { t } = useWords()
  const { shop } = useSession()
  return (
    <Filters
      filters={value}
      onChange={onChange}
      add={t('slot.add_filter')}
      fresh={{ field: 'category', test: { op: 'equals', value: '' } }}
    >
      {(filter, write) => (
        <>
          <InlineSelect
            label={t('slot.field')}
            value={filter.field}
            options={FIELDS.map((field) => ({ value: field, label: t(`item.${field}`) }))}
            onChange={(field) => write(withField(filter, field, shop.currency))}
          />
          <ItemTest filter={filter} onChange={write} />
        </>
      )}
    </Filters>
  )
}

function ItemTest(props: {
  readonly filter: ItemFilter
  readonly onChange: (filter: ItemFilter) => void
}) {
  const { filter, onChange } = props
  const { t } = useWords()
  const { suggestions } = useBuilder()
  if (filter.field === 'price') {
    return (
      <NumberControl
        value={filter.test}
        isClaim
        unit={filter.currency}
        factor={minorUnitsOf(filter.currency)}
        onChange={(test) => onChange({ ...filter, test })}
      />
    )
  }
  if (filter.field === 'attribute') {
    return (
      <>
        <InlineText
          label={t('slot.name')}
          value={filter.name}
          suggestions={suggestions.of('productAttributes')}
          maxLength={MAX_NAME_CHARS}
          onInput={(name) => onChange({ ...filter, name })}
        />
        <ValueControl value={filter.test} onChange={(test) => onChange({ ...filter, test })} />
      </>
    )
  }
  return (
    <TextControl
      value={filter.test}
      suggested={SUGGESTED[filter.field]}
      onChange={(test) => onChange({ ...filter, test })}
    />
  )
}

function withField(filter: ItemFilter, field: string, currency: string): ItemFilter {
  const known = FIELDS.find((it) => it === field)
  if (known === undefined || known === filter.field) return filter
  if (known === 'price') {
    return { field: known, currency, test: { op: 'less', value: 50 * minorUnitsOf(currency) } }
  }
  const test = { op: 'equals', value: '' } as const
  return known === 'attribute' ? { field: known, name: '', test } : { field: known, test }
}

/** “where “query” contains “boots””. */
export function PropertiesControl(props: {
  readonly value: readonly PropertyFilter[]
  readonly onChange: (value: readonly PropertyFilter[]) => void
  /** Whose properties. */
  readonly event: string
}) {
  const { value, onChange, event } = props
  const { t } = useWords()
  const { suggestions } = useBuilder()
  return (
    <Filters
      filters={value}
      onChange={onChange}
      add={t('slot.add_property')}
      fresh={{ property: '', test: { op: 'equals', value: '' } }}
    >
      {(filter, write) => (
        <>
          <span>{t('slot.where')}</span>
          <InlineText
            label={t('slot.property')}
            value={filter.property}
            suggestions={suggestions.of('properties', event)}
            maxLength={MAX_NAME_CHARS}
            onInput={(property) => write({ ...filter, property })}
          />
          <ValueControl value={filter.test} onChange={(test) => write({ ...filter, test })} />
        </>
      )}
    </Filters>
  )
}

interface FiltersProps<Filter> {
  readonly filters: readonly Filter[]
  readonly onChange: (filters: readonly Filter[]) => void
  readonly add: string
  readonly fresh: Filter
  readonly children: (filter: Filter, write: (filter: Filter) => void) => ComponentChildren
}

/** Each may be taken out, all must hold of one and the same. */
function Filters<Filter>({ filters, onChange, add, fresh, children }: FiltersProps<Filter>) {
  const { t } = useWords()
  return (
    <>
      {filters.map((filter, at) => (
        // They have no name of their own, and keep their order.
        <span class="token-filter" key={at}>
          {at > 0 && <span>{t('num.and')}</span>}
          {children(filter, (next) => onChange(filters.with(at, next)))}
          <button
            type="button"
            class="token-less"
            aria-label={t('slot.remove_filter')}
            title={t('slot.remove_filter')}
            onClick={() => onChange(filters.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      {filters.length < MAX_FILTERS && (
        <button type="button" class="token-more" onClick={() => onChange([...filters, fresh])}>
          <Icon name="plus" />
          {add}
        </button>
      )}
    </>
  )
}
