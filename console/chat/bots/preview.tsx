import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatbotStep } from '#protocol/chatbots.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/field.tsx'
import { useBotWords } from './bot-words.ts'
import { playBot } from './play-bot.ts'

interface BotPreviewProps {
  readonly name: string
  readonly steps: readonly ChatbotStep[]
  /** BCP 47: the visitor's. */
  readonly language: string
}

/** Whoever types does not want it to begin anew with each letter. */
const SETTLED_MS = 600

/** The window itself, as visitors have it, with the script as it is written here. */
export function BotPreview({ name, steps, language }: BotPreviewProps) {
  const b = useBotWords()
  const [isAnyoneThere, setThere] = useState(false)
  const [round, setRound] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const script = JSON.stringify([name, steps])
  const latestRef = useRef({ name, steps })
  useEffect(() => {
    latestRef.current = { name, steps }
  })

  useEffect(() => {
    const { current } = frame
    if (current === null) return
    let stop = (): void => undefined
    const begin = (): void => {
      stop = playBot(current, { ...latestRef.current, language, isAnyoneThere })
    }
    const timer = setTimeout(begin, SETTLED_MS)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [script, language, isAnyoneThere, round])

  return (
    <section class="bot-preview" aria-label={b('preview')}>
      <h2>{b('preview')}</h2>
      <p class="control-hint">{b('previewHint')}</p>
      <div class="bot-preview-tools">
        <CheckField
          name="somebody"
          label={b('somebody')}
          isChecked={isAnyoneThere}
          onChange={setThere}
        />
        <Button kind="quiet" icon="undo" onClick={() => setRound(round + 1)}>
          {b('again')}
        </Button>
      </div>
      <div class="bot-preview-frame" ref={frame} />
    </section>
  )
}
