import type { TargetingSuggestions } from '#protocol/audiences.ts'
import { PRODUCT_ACTIVITIES } from '#protocol/lists.ts'
import { TARGETING_SUGGESTIONS_PATH } from '#protocol/names.ts'
import { AmountRange } from '../../people/parts/amount-range.tsx'
import { FilterText } from '../../people/parts/filter-text.tsx'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { FilterField } from '../../settings/parts/filter-field.tsx'
import { useWords } from '../../words.ts'

const NAMES = ['least', 'most', 'brand', 'category', 'tag', 'activity', 'days'] as const
const DAYS = ['7', '28', '90', '365'] as const
const USUAL_DAYS = '28'
type Filter = Readonly<Record<(typeof NAMES)[number], string>>

interface ProductFiltersProps {
  readonly filter: Filter
  readonly onChange: (changes: Partial<Filter>) => void
}

/** What it costs, where it belongs, and what became of it of late. */
export function ProductFilters({ filter, onChange }: ProductFiltersProps) {
  const { t } = useWords()
  const { shop, may } = useSession()
  const suggestions = useReading<TargetingSuggestions>(
    may('audiences', 'read') ? TARGETING_SUGGESTIONS_PATH : undefined,
  )
  const { brands = [], categories = [], tags = [] } = suggestions.value ?? {}
  const suggested = { brand: brands, category: categories, tag: tags }
  return (
    <div class="list-filters">
      <AmountRange
        label={t('people.price')}
        currency={shop.currency}
        least={filter.least}
        most={filter.most}
        onChange={onChange}
      />
      {(['brand', 'category', 'tag'] as const).map((mark) => (
        <FilterText
          key={mark}
          label={t(`products.${mark}`)}
          value={filter[mark]}
          suggested={suggested[mark]}
          onChange={(value) => onChange({ [mark]: value })}
        />
      ))}
      <FilterField
        label={t('products.activity')}
        value={filter.activity}
        options={[
          { value: '', label: t('orders.any') },
          ...PRODUCT_ACTIVITIES.map((value) => ({
            value,
            label: t(`products.activity.${value}`),
          })),
        ]}
        onChange={(activity) => onChange({ activity, days: activity === '' ? '' : filter.days })}
      />
      {filter.activity !== '' && (
        <FilterField
          label={t('products.days')}
          value={filter.days || USUAL_DAYS}
          options={DAYS.map((value) => ({
            value,
            label: t('products.last_days', { n: Number(value) }),
          }))}
          onChange={(days) => onChange({ days: days === USUAL_DAYS ? '' : days })}
        />
      )}
    </div>
  )
}
