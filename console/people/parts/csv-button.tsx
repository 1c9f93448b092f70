import { useState } from 'preact/hooks'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { download } from '../download.ts'

interface CsvButtonProps {
  readonly path: string
  /** Whoever sees the list may take it along; else those alone who may export. */
  readonly isForAll?: boolean
}

/** Saves a list as it is narrowed now, and says how far it has come. */
export function CsvButton({ path, isForAll = false }: CsvButtonProps) {
  const words = useWords()
  const { t } = words
  const { shop, may } = useSession()
  const [lines, setLines] = useState(0)
  const saving = useChanging(() => download(path, shop.key, setLines))

  async function save(): Promise<void> {
    setLines(0)
    const reply = await saving.run(undefined)
    say(reply.refusal === undefined ? t('people.csv.done') : refusalText(reply, words))
  }

  if (!isForAll && !may('export', 'read')) return null
  return (
    <Button icon="download" isBusy={saving.isBusy} onClick={() => void save()}>
      {saving.isBusy && lines > 1 ? t('people.csv.lines', { n: lines - 1 }) : t('people.csv')}
    </Button>
  )
}
