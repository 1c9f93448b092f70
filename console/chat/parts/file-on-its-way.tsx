import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'

interface FileOnItsWayProps {
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  readonly onStop: () => void
}

/** How far a file has come. It is said once, and that it is there, where the message is read out. */
export function FileOnItsWay({ name, share, onStop }: FileOnItsWayProps) {
  const { t } = useWords()
  const place = useRef<HTMLSpanElement>(null)
  // What was pressed has gone; whoever is at the keyboard can stop it from here.
  useEffect(() => place.current?.querySelector('button')?.focus(), [])
  return (
    <span class="composer-sending" ref={place}>
      <output class="visually-hidden">{t('inbox.file.sending', { name })}</output>
      <span class="composer-sending-name" aria-hidden="true">
        {name}
      </span>
      <progress max={1} value={share} aria-label={name} />
      <Button kind="quiet" onClick={onStop}>
        {t('ui.cancel')}
      </Button>
    </span>
  )
}
