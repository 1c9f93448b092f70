import type { SubjectKind } from '#protocol/audiences.ts'
import { CUSTOMER_PROFILE_PATH, VISITOR_PROFILE_PATH } from '#protocol/names.ts'
import type { Person } from '#protocol/people.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { pathOf } from '../settings/path-of.ts'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { Audiences } from './parts/audiences.tsx'
import { Cart } from './parts/cart.tsx'
import { Consents } from './parts/consents.tsx'
import { PersonActions } from './parts/person-actions.tsx'
import { PersonFigures } from './parts/person-figures.tsx'
import { PersonOrders } from './parts/person-orders.tsx'
import { Surroundings } from './parts/surroundings.tsx'
import { Trail } from './parts/trail.tsx'
import { Who } from './parts/who.tsx'
import { CUSTOMERS_PAGE_PATH, VISITORS_PAGE_PATH } from './list-pages.ts'
import { customerName, visitorName } from './person-words.ts'
import './person.css'

/** All that is known of one person. */
export function PersonPage({ kind }: { readonly kind: SubjectKind }) {
  const words = useWords()
  const { t } = words
  const id = route.value.query.get('id') ?? ''
  const path =
    kind === 'visitor'
      ? pathOf(VISITOR_PROFILE_PATH, { visitorId: id })
      : pathOf(CUSTOMER_PROFILE_PATH, { customerId: id })
  const reading = useReading<Person>(path)
  const person = reading.value
  const list = kind === 'visitor' ? 'visitors' : 'customers'
  const back = kind === 'visitor' ? VISITORS_PAGE_PATH : CUSTOMERS_PAGE_PATH
  return (
    <PageFrame
      title={person === undefined ? t(`people.one.${kind}`) : nameOf(person)}
      intro={<PageLink href={back}>{t(`${list}.title`)}</PageLink>}
      actions={person && <PersonActions person={person} />}
      isWide
    >
      <Loaded reading={reading} rows={10}>
        {(found) => (
          <>
            <PersonFigures person={found} />
            <div class="person-columns">
              <div class="person-main">
                <Cart person={found} />
                <PersonOrders person={found} />
                <Trail key={path} path={path} />
              </div>
              <div class="person-side">
                <Who person={found} />
                <Audiences person={found} />
                <Consents person={found} />
                <Surroundings person={found} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </PageFrame>
  )

  function nameOf({ customer, id: found }: Person): string {
    const name = customer === null ? undefined : customerName(customer)
    return name ?? visitorName(found, words)
  }
}
