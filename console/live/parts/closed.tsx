import { useWords } from '../../words.ts'

interface ClosedProps {
  readonly why: 'link_spent' | 'forbidden' | 'failed'
  readonly onRetry: () => void
}

/** There is nothing to show: says why, and what to do. */
export function Closed({ why, onRetry }: ClosedProps) {
  const { t } = useWords()
  if (why === 'failed') {
    return (
      <section class="notice" role="alert">
        <h2>{t('failed.title')}</h2>
        <p>{t('failed.text')}</p>
        <button type="button" class="button button-primary" onClick={onRetry}>
          {t('failed.retry')}
        </button>
      </section>
    )
  }
  if (why === 'forbidden') {
    return (
      <section class="notice" role="alert">
        <h2>{t('closed.forbidden.title')}</h2>
        <p>{t('closed.forbidden.text')}</p>
      </section>
    )
  }
  return (
    <section class="notice" role="alert">
      <h2>{t('closed.link_spent.title')}</h2>
      <p>{t('closed.text')}</p>
      <code class="terminal">npm run shop -- --link</code>
      <p>
        {t('closed.or')} <code>npm start</code>.
      </p>
    </section>
  )
}
