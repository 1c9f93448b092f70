import { useEffect, useState } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'

const SHOWN_MS = 2_000

interface CopyButtonProps {
  readonly text: string
  /** What is copied: “Copy snippet”. */
  readonly label: string
}

/** Says for a moment whether it went well. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useWords()
  const [outcome, setOutcome] = useState<'copied' | 'refused' | undefined>(undefined)
  useEffect(() => {
    if (outcome === undefined) return
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  return (
    <>
      <Button
        icon={outcome === 'copied' ? 'check' : 'copy'}
        onClick={() =>
          void copyText(text).then((isDone) => setOutcome(isDone ? 'copied' : 'refused'))
        }
      >
        {outcome === 'copied' ? t('ui.copied') : label}
      </Button>
      <output class={outcome === 'refused' ? 'control-fault' : 'visually-hidden'}>
        {outcome === 'copied' && t('ui.copied')}
        {outcome === 'refused' && t('ui.not_copied')}
      </output>
    </>
  )
}
