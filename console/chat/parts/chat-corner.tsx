import { useEffect } from 'preact/hooks'
import { navigate, route } from '../../router.ts'
import { isNarrow } from '../../shell/narrow.ts'
import { useWords } from '../../words.ts'
import { INBOX_ADDRESS, inboxAddress } from '../inbox-addresses.ts'
import { useTeam } from '../team-context.ts'
import { visitorTitle } from '../thread-words.ts'
import { ChatWindowView } from './chat-window.tsx'
import './chat-corner.css'

/** Chats at the end of every page but their own; on a phone there is that page alone. Tells of what comes. */
export function ChatCorner() {
  const words = useWords()
  const { t } = words
  const team = useTeam()
  useEffect(
    () =>
      team?.onCall(({ kind, conversation }) => {
        const name = visitorTitle(conversation, words)
        const { id, lastText } = conversation
        if (kind === 'chat') team.windows.announce(id)
        team.alerts.tell({
          title: kind === 'chat' ? t('inbox.new_chat') : t('inbox.new_message', { name }),
          text: lastText ?? name,
          tag: id,
          open() {
            focus()
            navigate(inboxAddress({ id }))
          },
        })
      }),
    [team, words, t],
  )
  if (team === undefined || isNarrow.value || route.value.path === INBOX_ADDRESS) return null
  const windows = team.windows.shown.value
  if (windows.length === 0) return null
  return (
    <section class="chat-corner" aria-label={t('inbox.windows')}>
      {windows.map((one) => (
        <ChatWindowView key={one.id} team={team} {...one} />
      ))}
    </section>
  )
}
