import { useEffect, useState } from 'preact/hooks'
import type { TeamModel } from './team-model.ts'
import type { Thread } from './thread.ts'

/** The thread, for as long as it is on the screen, and read as far as it is seen. */
export function useThread(model: TeamModel, id: string): Thread | undefined {
  const [thread, setThread] = useState<Thread | undefined>(undefined)
  useEffect(() => {
    const opened = model.open(id)
    setThread(opened.thread)
    return opened.close
  }, [model, id])
  const shown = thread?.id === id ? thread : undefined
  const last = shown?.messages.value.at(-1)?.number ?? 0
  const isKnown = model.known.value.has(id)
  useEffect(() => {
    if (last === 0 || !isKnown) return
    const read = () => model.read(id)
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [model, id, last, isKnown])
  return shown
}
