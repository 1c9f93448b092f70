import { useWords } from '../../words.ts'

interface NoLinkProps {
  readonly why: 'spent' | 'incomplete' | 'failed'
  readonly onRetry: () => void
  readonly signInPath: string
}

/** A link that leads nowhere: what to do instead. */
export function NoLink({ why, onRetry, signInPath }: NoLinkProps) {
  const { t } = useWords()
  if (why === 'failed') {
    return (
      <>
        <p role="alert">{t('link.failed.text')}</p>
        <button type="button" class="button button-primary" onClick={onRetry}>
          {t('failed.retry')}
        </button>
      </>
    )
  }
  return (
    <>
      <p role="alert">{t(`link.${why}.text`)}</p>
      <a class="button button-primary" href={signInPath}>
        {t('sign_in.action')}
      </a>
      <p class="entry-foot">
        {t('link.another')} <code class="terminal">npm run owner -- --email you@myshop.com</code>
      </p>
    </>
  )
}
