import { useWords } from '../words.ts'
import './skeleton.css'

/** Appears after 200 ms (skeleton.css), so that a quick answer shows nothing but itself. */
export function Skeleton({ rows }: { readonly rows: number }) {
  const { t } = useWords()
  return (
    <output class="bones">
      <span class="visually-hidden">{t('ui.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span class="bone" key={row} />
      ))}
    </output>
  )
}
