import type { Chatbot } from '#protocol/chatbots.ts'
import { useReading } from '../../queries.ts'
import { route } from '../../router.ts'
import { useSession } from '../../session.ts'
import { PageLink } from '../../settings/parts/page-link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { useWords } from '../../words.ts'
import { CHATBOTS_ADDRESS } from '../addresses.ts'
import { botPath } from './bot-requests.ts'
import { useBotWords } from './bot-words.ts'
import { BotEditor } from './editor.tsx'
import '../channel-options.css'
import './bots.css'

/** `/console/chatbot?id=…`: one chatbot, its script beside how it plays. */
export function Page() {
  const { t } = useWords()
  const b = useBotWords()
  const { may } = useSession()
  const id = route.value.query.get('id') ?? ''
  const bot = useReading<Chatbot>(botPath(id))
  return (
    <PageFrame
      title={bot.value?.name ?? t('chatbot.one')}
      intro={<PageLink href={CHATBOTS_ADDRESS}>{b('back')}</PageLink>}
      isWide
    >
      <Loaded reading={bot} rows={8}>
        {(found) => <BotEditor key={id} bot={found} mayEdit={may('conversations', 'edit')} />}
      </Loaded>
    </PageFrame>
  )
}
