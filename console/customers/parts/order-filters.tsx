import type { Refused } from '../../api.ts'
import { AmountRange } from '../../people/parts/amount-range.tsx'
import { ConditionFilter } from '../../people/parts/condition-filter.tsx'
import { FilterText } from '../../people/parts/filter-text.tsx'
import { conditionIn, conditionText } from '../../people/list-address.ts'
import { useSession } from '../../session.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { useWords } from '../../words.ts'

type Filter = Readonly<Record<'least' | 'most' | 'productId' | 'verified' | 'condition', string>>

interface OrderFiltersProps {
  readonly filter: Filter
  readonly onChange: (changes: Partial<Filter>) => void
  readonly refused: Refused | undefined
}

/** For how much, what, told by whom; and who ordered, by any condition. */
export function OrderFilters({ filter, onChange, refused }: OrderFiltersProps) {
  const { t } = useWords()
  const { shop, may } = useSession()
  return (
    <>
      <div class="list-filters">
        <AmountRange
          label={t('orders.total')}
          currency={shop.currency}
          least={filter.least}
          most={filter.most}
          onChange={onChange}
        />
        <FilterText
          label={t('orders.product_id')}
          value={filter.productId}
          onChange={(productId) => onChange({ productId })}
        />
        <FilterField
          label={t('orders.told')}
          value={filter.verified}
          options={[
            { value: '', label: t('orders.any') },
            { value: 'true', label: t('orders.verified') },
            { value: 'false', label: t('orders.unverified') },
          ]}
          onChange={(verified) => onChange({ verified })}
        />
      </div>
      {may('customers', 'read') && (
        <ConditionFilter
          title={t('orders.by')}
          value={conditionIn(filter.condition)}
          refused={refused}
          onChange={(wanted) => onChange({ condition: conditionText(wanted) })}
        />
      )}
    </>
  )
}
