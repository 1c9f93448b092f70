import { useEffect, useRef } from 'preact/hooks'
import type { Conversation } from '#protocol/chat-conversations.ts'
import {
  CUSTOMER_PROFILE_PATH,
  MANAGED_CONVERSATIONS_PATH,
  VISITOR_PROFILE_PATH,
} from '#protocol/names.ts'
import type { Person } from '#protocol/people.ts'
import { Cart } from '../../people/parts/cart.tsx'
import { PersonOrders } from '../../people/parts/person-orders.tsx'
import { Surroundings } from '../../people/parts/surroundings.tsx'
import { Who } from '../../people/parts/who.tsx'
import '../../people/person.css'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { pathOf } from '../../settings/path-of.ts'
import { Ago } from '../../ui/ago.tsx'
import { Link } from '../../ui/link.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { inboxAddress } from '../inbox-addresses.ts'
import type { Items } from '../requests.ts'

interface VisitorProfileProps {
  readonly conversation: Conversation
  /** What the visitor did last: with each, what is known of them is read again. How much they did is shown up to a bound. */
  readonly newest: string | undefined
}

/** What the shop knows of somebody: cart, orders, surroundings, and what was said before. */
export function VisitorProfile({ conversation, newest }: VisitorProfileProps) {
  const { may } = useSession()
  const { visitorId, customerId } = conversation.visitor
  const path = !may('customers', 'read')
    ? undefined
    : visitorId !== null
      ? pathOf(VISITOR_PROFILE_PATH, { visitorId })
      : customerId !== null
        ? pathOf(CUSTOMER_PROFILE_PATH, { customerId })
        : undefined
  const reading = useReading<Person>(path)
  const { again } = reading
  const beforeRef = useRef(newest)
  useEffect(() => {
    if (beforeRef.current === newest) return
    beforeRef.current = newest
    again()
  }, [newest, again])
  const person = reading.value
  return (
    <>
      {person !== undefined && (
        <>
          <Cart person={person} />
          <PersonOrders person={person} />
          {person.customer !== null && <Who person={person} />}
        </>
      )}
      {visitorId !== null && <Earlier conversation={conversation} visitorId={visitorId} />}
      {person !== undefined && <Surroundings person={person} />}
    </>
  )
}

function Earlier({
  conversation,
  visitorId,
}: {
  readonly conversation: Conversation
  readonly visitorId: string
}) {
  const { t } = useWords()
  const reading = useReading<Items<Conversation>>(
    pathOf(MANAGED_CONVERSATIONS_PATH, {}, { view: 'all', visitor: visitorId, limit: '10' }),
  )
  const earlier = (reading.value?.items ?? []).filter(({ id }) => id !== conversation.id)
  if (earlier.length === 0) return null
  return (
    <Section title={t('inbox.earlier')}>
      <ul class="person-list">
        {earlier.map(({ id, lastText, lastAt }) => (
          <li key={id}>
            <Link href={inboxAddress({ id, view: 'all' })}>{lastText ?? t('inbox.no_text')}</Link>
            <span class="person-quiet">
              <Ago at={lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
