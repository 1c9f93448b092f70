import type { Conversation } from '#protocol/chat-conversations.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { eventName, pathOf } from '../../live/event-name.ts'
import { webAddress } from '../../people/web-address.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import type { TeamModel } from '../team-model.ts'
import { nameOf, visitorTitle } from '../thread-words.ts'
import { useThread } from '../use-thread.ts'
import { Qualifying } from './qualifying.tsx'
import { VisitorProfile } from './visitor-profile.tsx'

interface VisitorPaneProps {
  readonly model: TeamModel
  readonly id: string
  readonly onBack: () => void
}

/** Who it is, where they are, what they did: as it happens. */
export function VisitorPane({ model, id, onBack }: VisitorPaneProps) {
  const words = useWords()
  const { t } = words
  const conversation = model.known.value.get(id)
  const thread = useThread(model, id)
  if (conversation === undefined) return <aside class="pane" aria-busy="true" />
  const trail = thread?.trail.value ?? []
  return (
    <aside class="pane" aria-label={t('inbox.details')}>
      <header class="pane-head">
        <span class="pane-back">
          <Button kind="quiet" icon="back" name={t('inbox.back.thread')} onClick={onBack} />
        </span>
        <h2 dir="auto">{visitorTitle(conversation, words)}</h2>
      </header>
      <Known conversation={conversation} />
      <Qualifying key={conversation.id} conversation={conversation} />
      {trail.length > 0 && (
        <Section title={t('inbox.trail')}>
          <ol class="pane-trail">
            {trail.map((event) => (
              <li key={event.id}>
                <b>{eventName(event, words)}</b>
                <span>{pathOf(event.url)}</span>
                <Ago at={event.at} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      <VisitorProfile conversation={conversation} newest={trail[0]?.id} />
    </aside>
  )
}

function Known({ conversation }: { readonly conversation: Conversation }) {
  const { t, locale, exactly } = useWords()
  const { visitor, beganAt, rating, ratingComment } = conversation
  const { email, country, language, pageUrl, pageTitle, fields, visitorId, customerId } = visitor
  const page = webAddress(pageUrl ?? undefined)
  return (
    <Section title={t('inbox.visitor.title')}>
      <Facts
        facts={[
          { label: t('inbox.email'), value: email },
          { label: t('inbox.country'), value: nameOf('region', country, locale) },
          { label: t('inbox.language'), value: nameOf('language', language, locale) },
          {
            label: t('inbox.page'),
            value:
              page === undefined ? (
                pageUrl && pathOf(pageUrl)
              ) : (
                <a href={page} target="_blank" rel="noopener noreferrer">
                  {pageTitle || pathOf(page)}
                </a>
              ),
          },
          ...Object.entries(fields).map(([label, value]) => ({
            label,
            value: typeof value === 'string' ? value : t(value ? 'people.yes' : 'people.no'),
          })),
          { label: t('inbox.began'), value: exactly(beganAt) },
          { label: t('inbox.rating'), value: rating && t('inbox.rating.of', { n: rating }) },
          { label: t('inbox.rating.comment'), value: ratingComment },
        ]}
      />
      {(customerId ?? visitorId) !== null && (
        <p class="pane-link">
          <PageLink
            href={
              customerId === null
                ? personAddress('visitor', visitorId ?? '')
                : personAddress('customer', customerId)
            }
          >
            {t('inbox.profile')}
          </PageLink>
        </p>
      )}
    </Section>
  )
}
