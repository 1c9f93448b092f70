import { useEffect, useRef } from 'preact/hooks'
import { navigate, navigations, route } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Notice } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { useWords } from '../words.ts'
import { InboxList } from './parts/inbox-list.tsx'
import { ThreadView } from './parts/thread-view.tsx'
import { VisitorPane } from './parts/visitor-pane.tsx'
import { inboxAddress, inboxPlaceIn, type InboxPlace } from './inbox-addresses.ts'
import { useTeam, type Team } from './team-context.ts'

import { useInboxKeys } from './use-inbox-keys.ts'
import './inbox.css'
import './thread.css'

/** All conversations, the one that is open, and its visitor; on a phone one after the other. */
export function Page() {
  const { t } = useWords()
  const model = useTeam()
  const place = inboxPlaceIn(route.value.query)
  const heading = useRef<HTMLHeadingElement>(null)
  const isThere = model !== undefined
  const isList = place.id === ''
  usePageTitle(t('inbox.title'))
  useEffect(() => {
    if (isThere && navigations.value > 0 && isList) heading.current?.focus()
  }, [isThere, isList])
  useInboxKeys()
  if (model === undefined) return <Skeleton rows={6} />
  if (model.phase.value === 'refused') {
    return (
      <Notice
        tone="bad"
        title={t('inbox.refused')}
        action={<Button onClick={() => location.reload()}>{t('ui.try_again')}</Button>}
      />
    )
  }
  return (
    <div
      class="inbox"
      data-shows={place.isDetails ? 'details' : place.id === '' ? 'list' : 'thread'}
    >
      <h1 class="visually-hidden" tabIndex={-1} ref={heading}>
        {t('inbox.title')}
      </h1>
      <InboxList model={model} place={place} />
      {place.id === '' ? (
        <div class="inbox-nothing">
          <Empty title={t('inbox.choose')} text={t('inbox.choose.text')} />
        </div>
      ) : (
        <OpenOne model={model} place={place} />
      )}
    </div>
  )
}

function OpenOne({ model, place }: { readonly model: Team; readonly place: InboxPlace }) {
  const { t } = useWords()
  const { id, isDetails } = place
  return (
    <>
      <ThreadView
        key={id}
        model={model}
        id={id}
        takesFocus
        before={
          <span class="inbox-back">
            <Button
              kind="quiet"
              icon="back"
              name={t('inbox.back')}
              onClick={() => navigate(inboxAddress({ ...place, id: '', isDetails: false }))}
            />
          </span>
        }
        after={
          <>
            <span class="inbox-window">
              <Button
                kind="quiet"
                icon="external"
                name={t('inbox.window.open')}
                onClick={() => {
                  model.windows.open(id)
                  navigate(inboxAddress({ ...place, id: '', isDetails: false }))
                }}
              />
            </span>
            <span class="inbox-more">
              <Button
                kind="quiet"
                icon="person"
                name={t('inbox.details')}
                onClick={() => navigate(inboxAddress({ ...place, isDetails: !isDetails }))}
              />
            </span>
          </>
        }
      />
      <VisitorPane
        key={`${id} visitor`}
        model={model}
        id={id}
        onBack={() => navigate(inboxAddress({ ...place, isDetails: false }))}
      />
    </>
  )
}
