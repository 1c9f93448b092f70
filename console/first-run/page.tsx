import type { Experience } from '#protocol/experiences.ts'
import { ORIGINS_PATH, SHOP_PATH, STORED_EVENTS_PATH } from '#protocol/names.ts'
import type { ListedOrigin, ShopSettings } from '#protocol/shop.ts'
import { useEffect, useMemo } from 'preact/hooks'
import { read } from '../api.ts'
import { ALL_EXPERIENCES_PATH } from '../experiences/requests.ts'
import { useReading } from '../queries.ts'
import { navigate, route } from '../router.ts'
import { useSession } from '../session.ts'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'
import { FIRST_RUN_PATH } from './addresses.ts'
import { createEventWatch, type EventWatch } from './event-watch.ts'
import './first-run.css'
import { DoneStep } from './parts/done-step.tsx'
import { ExperienceStep } from './parts/experience-step.tsx'
import { NewShop } from './parts/new-shop.tsx'
import { OriginStep } from './parts/origin-step.tsx'
import { ShopStep } from './parts/shop-step.tsx'
import { SnippetStep } from './parts/snippet-step.tsx'
import { StepList } from './parts/step-list.tsx'
import { newestRunning, stepAfter, stepAt, stepsOf, type StepName } from './steps.ts'

interface Items<Item> {
  readonly items: readonly Item[]
}

/** From nothing to a shop that is seen and greets its visitors: one thing at a time, each checked as it is done. */
export function Page() {
  const { shop } = useSession()
  if (route.value.query.has('new')) return <NewShop />
  // Another shop has other steps.
  return <FirstRun key={shop.key} />
}

function FirstRun() {
  const { t } = useWords()
  const { shop } = useSession()
  const settings = useReading<ShopSettings>(SHOP_PATH)
  const origins = useReading<Items<ListedOrigin>>(ORIGINS_PATH)
  const experiences = useReading<Items<Experience>>(ALL_EXPERIENCES_PATH)
  const watch = useMemo(newEventWatch, [])
  useEffect(() => watch.start(), [watch])
  const steps = stepsOf({
    settings: settings.value,
    origins: origins.value?.items,
    experiences: experiences.value?.items,
    hasEvent: watch.arrived.value !== undefined,
  })
  const isKnown =
    !settings.isLoading && !origins.isLoading && !experiences.isLoading && watch.hasAsked.value
  const wanted = route.value.query.get('step')
  // What is looked at must not change by itself when it is done: only where the page is opened, the first open step is.
  const current = isKnown || wanted !== null ? stepAt(steps, wanted) : undefined
  useEffect(() => {
    if (wanted === null && current !== undefined) goTo(current, { replace: true })
  }, [wanted, current])

  return (
    <PageFrame
      title={t('first_run.title', { shop: shop.name })}
      intro={t('first_run.intro')}
      isWide
    >
      <div class="first-run">
        <StepList steps={steps} current={current} addressOf={addressOf} />
        <Loaded reading={settings} rows={5}>
          {(known) => (
            <div class="first-run-step">
              {current === 'shop' && (
                <ShopStep settings={known} onDone={() => goTo(stepAfter('shop'))} />
              )}
              {current === 'origin' && (
                <OriginStep
                  origins={origins.value?.items ?? []}
                  onDone={() => goTo(stepAfter('origin'))}
                />
              )}
              {current === 'snippet' && (
                <SnippetStep
                  shopKey={shop.key}
                  origin={origins.value?.items[0]?.origin}
                  watch={watch}
                  onDone={() => goTo(stepAfter('snippet'))}
                />
              )}
              {current === 'experience' && (
                <ExperienceStep
                  taken={experiences.value?.items.map(({ key }) => key) ?? []}
                  onDone={() => goTo('done')}
                />
              )}
              {current === 'done' && (
                <DoneStep
                  steps={steps}
                  addressOf={addressOf}
                  experience={newestRunning(experiences.value?.items ?? [])}
                  origin={origins.value?.items[0]?.origin}
                />
              )}
            </div>
          )}
        </Loaded>
      </div>
    </PageFrame>
  )
}

function addressOf(step: StepName | 'done'): string {
  return `${FIRST_RUN_PATH}?step=${step}`
}

function goTo(step: StepName | 'done', options: { replace?: boolean } = {}): void {
  navigate(addressOf(step), options)
}

function newEventWatch(): EventWatch {
  return createEventWatch({
    readEvents: () => read(`${STORED_EVENTS_PATH}?limit=50`),
    every(milliseconds, act) {
      const timer = setInterval(act, milliseconds)
      return () => clearInterval(timer)
    },
    now: Date.now,
    isSeen: () => document.visibilityState === 'visible',
    ownOrigin: location.origin,
  })
}
