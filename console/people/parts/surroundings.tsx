import type { Person } from '#protocol/people.ts'
import { Facts } from '../../settings/parts/facts.tsx'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Ago } from '../../ui/ago.tsx'
import { Section } from '../../ui/section.tsx'
import { useWords } from '../../words.ts'
import { personAddress } from '../../audiences/addresses.ts'
import { placeName, sourceName, visitorName } from '../person-words.ts'
import { touchIn } from '../touch-in.ts'

/** Where somebody came from and with what; what they were shown. */
export function Surroundings({ person }: { readonly person: Person }) {
  const words = useWords()
  const { t } = words
  const { profile, firstTouch, lastTouch, visitors, experiences, kind } = person
  const device = profile?.device
  const first = touchIn(firstTouch)
  const last = touchIn(lastTouch)
  return (
    <>
      <Section title={t('people.source')}>
        <Facts
          facts={[
            { label: t('people.touch.first'), value: first && sourceName(first) },
            { label: t('people.touch.campaign'), value: first?.campaign },
            { label: t('people.touch.landing'), value: first?.landing },
            { label: t('people.touch.last'), value: last && sourceName(last) },
            { label: t('people.touch.referrer'), value: last?.referrer },
          ]}
        />
        {first === undefined && last === undefined && (
          <p class="person-quiet">{t('people.touch.none')}</p>
        )}
      </Section>
      <Section title={t('people.devices')}>
        <Facts
          facts={[
            { label: t('event.device'), value: device?.class && t(`device.${device.class}`) },
            {
              label: t('people.browser'),
              value: [device?.browser, device?.os].filter(Boolean).join(' · '),
            },
            { label: t('people.screen'), value: device?.screen?.join(' × ') },
            { label: t('people.language'), value: device?.locale },
            { label: t('people.time_zone'), value: device?.timeZone },
            { label: t('people.place'), value: placeName(profile?.place ?? {}, words) },
          ]}
        />
        {kind === 'customer' && (
          <ul class="person-list person-more">
            {visitors.map(({ id, lastSeenAt }) => (
              <li key={id}>
                <PageLink href={personAddress('visitor', id)}>{visitorName(id, words)}</PageLink>
                <span class="person-quiet">
                  <Ago at={lastSeenAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {experiences.length > 0 && (
        <Section title={t('people.experiences')}>
          <ul class="person-list">
            {experiences.map(({ id, name, impressions, lastAt }) => (
              <li key={id}>
                <span>{name}</span>
                <span class="person-quiet">
                  {t('people.experiences.times', { n: impressions })} · <Ago at={lastAt} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
