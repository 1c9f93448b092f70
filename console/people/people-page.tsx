import type { SubjectKind } from '#protocol/audiences.ts'
import {
  CUSTOMER_PROFILES_PATH,
  CUSTOMERS_FILE_PATH,
  VISITOR_PROFILES_PATH,
  VISITORS_FILE_PATH,
} from '#protocol/names.ts'
import { PEOPLE_ORDERS, TIME_ORDERS } from '#protocol/lists.ts'
import type { PersonItem } from '#protocol/people.ts'
import { useListing } from '../queries.ts'
import { navigate, route } from '../router.ts'
import { useSession } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import {
  addressOf,
  conditionIn,
  conditionText,
  filterIn,
  isEverybody,
  queryOf,
} from './list-address.ts'
import { ConditionFilter } from './parts/condition-filter.tsx'
import { ConnectShop } from './parts/connect-shop.tsx'
import { CsvButton } from './parts/csv-button.tsx'
import { ListBar } from './parts/list-bar.tsx'
import { ListEnd } from './parts/list-end.tsx'
import { PersonTable } from './parts/person-table.tsx'
import { SavedViews } from './parts/saved-views.tsx'
import { useLookOn } from './use-look-on.ts'

const LISTS = {
  visitor: { list: 'visitors', read: VISITOR_PROFILES_PATH, file: VISITORS_FILE_PATH },
  customer: { list: 'customers', read: CUSTOMER_PROFILES_PATH, file: CUSTOMERS_FILE_PATH },
} as const
const NAMES = ['search', 'condition', 'order'] as const
/** The server asks for as much of who may only look somebody up. */
const LEAST_SEARCH = 2

/** A list of visitors or customers. */
export function PeoplePage({ kind }: { readonly kind: SubjectKind }) {
  const { t } = useWords()
  const { may } = useSession()
  const { path, query } = route.value
  const { list, read, file } = LISTS[kind]
  const filter = filterIn(query, NAMES)
  const condition = conditionIn(filter.condition)
  const mayBrowse = may('customers', 'edit')
  const search = filter.search.trim().length < LEAST_SEARCH ? '' : filter.search.trim()
  const isAsked = mayBrowse || search !== ''
  const asked = addressOf(read, { ...filter, search, limit: '50' })
  const listing = useListing<PersonItem>(isAsked ? asked : undefined)
  useLookOn(listing, asked)
  const look = (changes: Partial<typeof filter>) =>
    navigate(addressOf(path, { ...filter, ...changes }), { replace: true })
  const isNarrowed = search !== '' || !isEverybody(condition)
  const orders = kind === 'visitor' ? PEOPLE_ORDERS : TIME_ORDERS
  return (
    <PageFrame
      title={t(`${list}.title`)}
      intro={t(`${list}.intro`)}
      isWide
      actions={<CsvButton path={addressOf(file, { ...filter, search })} />}
    >
      <ListBar
        searchLabel={t('people.search')}
        search={filter.search}
        onSearch={(text) => look({ search: text })}
        order={{
          label: t('people.order'),
          value: orders.find((known) => known === filter.order) ?? orders[0],
          options: orders.map((value) => ({ value, label: t(`people.order.${value}`) })),
          onChange: (order) => look({ order: order === orders[0] ? '' : order }),
        }}
      >
        <SavedViews list={list} path={path} query={queryOf(filter)} />
      </ListBar>
      {mayBrowse && (
        <ConditionFilter
          value={condition}
          refused={listing.refused}
          onChange={(wanted) => look({ condition: conditionText(wanted) })}
        />
      )}
      {!isAsked && <Empty title={t('people.ask.title')} text={t('people.ask.text')} />}
      {isAsked && (
        <Loaded reading={listing} rows={8}>
          {(people) =>
            people.length > 0 ? (
              <PersonTable label={t(`${list}.title`)} people={people} />
            ) : listing.hasMore ? null : isNarrowed ? (
              <Empty
                title={t('people.none.title')}
                text={t('people.none.text')}
                action={<Button onClick={() => navigate(path)}>{t('people.clear')}</Button>}
              />
            ) : (
              <Empty
                title={t(`${list}.empty.title`)}
                text={t(`${list}.empty.text`)}
                action={<ConnectShop />}
              />
            )
          }
        </Loaded>
      )}
      <ListEnd listing={listing} isLooking={!isEverybody(condition)} />
    </PageFrame>
  )
}
