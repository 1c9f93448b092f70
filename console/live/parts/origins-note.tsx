import { useWords } from '../../words.ts'

/** A warning, not a hurdle: a new shop works at once, and closes the door before it opens for customers. */
export function OriginsNote() {
  const { t } = useWords()
  return (
    <aside class="origins-note">
      <p>
        <strong>{t('origins.title')}</strong> {t('origins.text')}
      </p>
      <code class="terminal">npm run shop -- --add-origin https://myshop.com</code>
    </aside>
  )
}
