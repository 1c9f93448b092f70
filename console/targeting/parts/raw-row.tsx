import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { RawView } from '../view.ts'
import { PartNotes } from './part-notes.tsx'
import { RowMenu } from './row-menu.tsx'

/** What scrolls must be reached by keyboard. */
const SCROLLED = { tabIndex: 0 }

/** A part that was written through the API and has no sentence: kept as it is. */
export function RawRow({ view }: { readonly view: RawView }) {
  const { t } = useWords()
  const { isFixed } = useBuilder()
  return (
    <fieldset class="target-row" aria-label={t('target.raw')}>
      <div class="target-raw">
        <p>{t('target.raw.text')}</p>
        <pre {...SCROLLED}>{JSON.stringify(view.condition, undefined, 2)}</pre>
      </div>
      {!isFixed && <RowMenu view={view} name={t('target.raw')} />}
      <PartNotes id={view.id} />
    </fieldset>
  )
}
