import type { Channel } from '#protocol/chat-channels.ts'
import { useReading } from '../queries.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { PageLink } from '../settings/parts/page-link.tsx'
import { Badge } from '../ui/badge.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useWords } from '../words.ts'
import { CHANNELS_ADDRESS, CHANNEL_TABS, channelAddress, channelPath, tabIn } from './addresses.ts'
import { OperatorsTab } from './parts/operators-tab.tsx'
import { OptionsTab } from './parts/options-tab.tsx'
import { RulesTab } from './parts/rules-tab.tsx'
import { WidgetTab } from './parts/widget-tab.tsx'
import './channels.css'
import './channel-options.css'
import './window-preview.css'

/** `/console/channel?id=…&tab=…`: one channel. */
export function Page() {
  const { t } = useWords()
  const { may } = useSession()
  const { query } = route.value
  const id = query.get('id') ?? ''
  const shown = tabIn(query)
  const channel = useReading<Channel>(channelPath(id))
  const { value } = channel
  const mayEdit = may('conversations', 'edit')
  return (
    <PageFrame
      title={value?.name ?? t('channel.one')}
      isWide
      intro={<PageLink href={CHANNELS_ADDRESS}>{t('channel.archive.back')}</PageLink>}
      actions={
        value?.isSelected === true ? (
          <Badge>{t('channel.selected')}</Badge>
        ) : value?.isArchived === true ? (
          <Badge>{t('channel.is_archived')}</Badge>
        ) : undefined
      }
    >
      <Tabs
        label={t('channel.tabs')}
        shown={shown}
        tabs={CHANNEL_TABS.map((tab) => ({
          key: tab,
          label: t(`channel.tab.${tab}`),
          href: channelAddress(id, tab),
        }))}
      />
      <Loaded reading={channel} rows={6}>
        {(found) => (
          <>
            {shown === 'operators' && <OperatorsTab channel={found} mayEdit={mayEdit} />}
            {shown === 'options' && <OptionsTab key={id} channel={found} mayEdit={mayEdit} />}
            {shown === 'rules' && <RulesTab channel={found} mayEdit={mayEdit} />}
            {shown === 'widget' && <WidgetTab channel={found} />}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
