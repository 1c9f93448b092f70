import { useEffect, useRef, useState } from 'preact/hooks'

const PAUSE_MS = 300

/** What is typed now; `onSearch` hears of it once whoever types pauses. Follows `asked` where that changes elsewhere. */
export function useSearch(
  asked: string,
  onSearch: (text: string) => void,
): readonly [text: string, type: (text: string) => void] {
  const [text, setText] = useState(asked)
  const saidRef = useRef(asked)
  const latestRef = useRef(onSearch)
  useEffect(() => {
    latestRef.current = onSearch
  })
  useEffect(() => {
    if (asked === saidRef.current) return
    saidRef.current = asked
    setText(asked)
  }, [asked])
  useEffect(() => {
    if (text === saidRef.current) return
    const timer = setTimeout(() => {
      saidRef.current = text
      latestRef.current(text)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}
