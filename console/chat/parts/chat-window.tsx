import { useEffect, useRef } from 'preact/hooks'
import { navigate } from '../../router.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import type { ChatWindow } from '../chat-windows.ts'
import { inboxAddress } from '../inbox-addresses.ts'
import type { Team } from '../team-context.ts'
import { visitorTitle } from '../thread-words.ts'
import '../thread.css'
import { ThreadView } from './thread-view.tsx'

interface ChatWindowViewProps extends ChatWindow {
  readonly team: Team
}

/** One of the conversations at the end of the page; its title bar alone where it is minimised. */
export function ChatWindowView({ team, id, isMinimised }: ChatWindowViewProps) {
  const words = useWords()
  const { t, number } = words
  const { windows } = team
  const conversation = team.known.value.get(id)
  const name = conversation === undefined ? t('inbox.windows') : visitorTitle(conversation, words)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const { current } = box
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isMinimised) windows.toggle(id)
    }
    current?.addEventListener('keydown', press)
    return () => current?.removeEventListener('keydown', press)
  }, [windows, id, isMinimised])
  const unread = isMinimised ? (conversation?.unread ?? 0) : 0
  return (
    <article
      class="chat-window"
      aria-label={t('inbox.window', { name })}
      data-minimised={isMinimised ? '' : undefined}
      ref={box}
    >
      <header class="chat-window-bar">
        <button
          type="button"
          class="chat-window-name"
          aria-expanded={!isMinimised}
          onClick={() => windows.toggle(id)}
        >
          <span dir="auto">{name}</span>
          {unread > 0 && (
            <span class="inbox-count">
              {number(unread)}
              <span class="visually-hidden"> {t('inbox.unread', { n: unread })}</span>
            </span>
          )}
        </button>
        <Button
          kind="quiet"
          icon="external"
          name={t('inbox.window.page')}
          onClick={() => {
            windows.close(id)
            navigate(inboxAddress({ id }))
          }}
        />
        <Button
          kind="quiet"
          icon={isMinimised ? 'plus' : 'minus'}
          name={t(isMinimised ? 'inbox.window.show' : 'inbox.window.minimise')}
          onClick={() => windows.toggle(id)}
        />
        <Button
          kind="quiet"
          icon="close"
          name={t('inbox.window.close')}
          onClick={() => windows.close(id)}
        />
      </header>
      {!isMinimised && <ThreadView model={team} id={id} />}
    </article>
  )
}
