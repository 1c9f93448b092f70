import type { LiveEvent } from '#protocol/sockets.ts'
import { useWords } from '../../words.ts'
import { PropertyTree } from './property-tree.tsx'

export function EventDetails({ event }: { event: LiveEvent }) {
  const { t, exactly } = useWords()
  const { id, at, url, visitor, device, properties } = event
  const facts = [
    { label: t('event.at'), value: exactly(at) },
    { label: t('event.url'), value: url },
    { label: t('event.visitor'), value: visitor ?? t('event.anonymous') },
    { label: t('event.device'), value: device === undefined ? '' : t(`device.${device}`) },
    { label: t('event.id'), value: id },
  ]
  const hasProperties = properties !== undefined && Object.keys(properties).length > 0
  return (
    <div class="details">
      <dl class="facts">
        {facts
          .filter(({ value }) => value !== '')
          .map(({ label, value }) => (
            <div class="fact" key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {hasProperties ? (
        <PropertyTree label={t('event.properties')} properties={properties} />
      ) : (
        <p class="note">{t('event.no_properties')}</p>
      )}
    </div>
  )
}
