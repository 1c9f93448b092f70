import { useEffect, useState } from 'preact/hooks'
import { spendLink } from '../account/requests.ts'
import { useGate } from '../gate.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useWords } from '../words.ts'
import { connectLive } from './connection.ts'
import { eventName } from './event-name.ts'
import { createLiveModel } from './model.ts'
import { every } from './open-live-page.tsx'
import { Connection } from './parts/header.tsx'
import { LiveParts } from './parts/live-parts.tsx'
import { PeopleParts } from './parts/people-parts.tsx'

/** The live page of the shop that is looked at. */
export function Page() {
  const words = useWords()
  const gate = useGate()
  const { shop, account } = useSession()
  const { path, query } = route.value
  const shown = query.get('tab') === 'events' ? 'events' : 'people'
  const [model] = useState(() =>
    createLiveModel({
      linkToken: undefined,
      now: Date.now,
      nameOf: (event) => eventName(event, words),
      spendLink,
      findShop: () => Promise.resolve({ kind: 'one', key: shop.key, shops: account.shops }),
      connect: connectLive,
      every,
    }),
  )
  useEffect(() => {
    void model.open()
    return model.stop
  }, [model])
  const isCutOff = model.phase.value === 'signed_out'
  useEffect(() => {
    if (!isCutOff) return
    let isWanted = true
    // By the end of the session, by other roles, or because the server could not look: it knows which.
    void gate.renewAccount().then(() => isWanted && model.retry())
    return () => {
      isWanted = false
    }
  }, [gate, model, isCutOff])
  return (
    <PageFrame title={words.t('live.title')} actions={<Connection model={model} />} isWide>
      <Tabs
        label={words.t('live.title')}
        shown={shown}
        tabs={[
          { key: 'people', label: words.t('live.people'), href: path },
          { key: 'events', label: words.t('live.events'), href: `${path}?tab=events` },
        ]}
      />
      {shown === 'people' ? <PeopleParts model={model} /> : <LiveParts model={model} />}
    </PageFrame>
  )
}
