import type { LazyHost } from '../lazy.ts'
import { RECORD } from './page-chat.ts'

const KEY = 'chat-rules'

/** Whether this session has been invited, and has answered: by opening the chat, or by closing the invitation. */
export interface Once {
  readonly isDone: () => boolean
  readonly done: () => void
}

/** With consent for all tabs of the session; without it nothing is stored, and it holds for this page. */
export function onlyOnce({ tabs, on }: LazyHost): Once {
  const { storage } = tabs
  let isDone = false
  const session = () => (Object(storage.read('session')) as { id?: string }).id
  const remember = () => {
    if (isDone && tabs.isAllowed()) storage.write(KEY, session())
  }
  on('consent:changed', remember)

  return {
    isDone() {
      if (isDone || !tabs.isAllowed()) return isDone
      const known = storage.read(KEY)
      return (!!known && known === session()) || !!storage.read(RECORD, /"conversationId"/)
    },
    done() {
      isDone = true
      remember()
    },
  }
}
