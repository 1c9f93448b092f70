import { useEffect } from 'preact/hooks'
import { Icon } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { countInTitle } from '../../ui/page-title.ts'
import { useWords } from '../../words.ts'
import { inboxAddress } from '../inbox-addresses.ts'
import { useTeam } from '../team-context.ts'
import './chat-button.css'

/** In every page: how many conversations wait for whoever looks, and the way to them. */
export function ChatButton({ isShort = false }: { readonly isShort?: boolean }) {
  const { t, number } = useWords()
  const team = useTeam()
  const waiting = team?.waiting.value ?? []
  const count = waiting.length
  useEffect(() => {
    countInTitle(count)
    return () => countInTitle(0)
  }, [count])
  if (team === undefined) return null
  const [first] = waiting
  const label = count === 0 ? t('inbox.none_waits') : t('inbox.waiting', { n: count })
  return (
    <Link
      class={isShort ? 'bar-button chat-button' : 'nav-link chat-button'}
      href={inboxAddress(count === 1 && first !== undefined ? { id: first.id } : {})}
    >
      <Icon name="bell" />
      {isShort ? <span class="visually-hidden">{label}</span> : <span>{label}</span>}
      {count > 0 && (
        <span class="chat-count" aria-hidden="true">
          {count > 99 ? '99+' : number(count)}
        </span>
      )}
    </Link>
  )
}
