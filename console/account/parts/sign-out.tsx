import { useState } from 'preact/hooks'
import { useWords } from '../../words.ts'

/** `signOut` resolves with whether the server did it. */
export function SignOut({ signOut }: { readonly signOut: () => Promise<boolean> }) {
  const { t } = useWords()
  const [hasFailed, setFailed] = useState(false)
  return (
    <>
      <button
        type="button"
        class="button-quiet"
        onClick={() => void signOut().then((isDone) => setFailed(!isDone))}
      >
        {t('sign_out.action')}
      </button>
      <span class={hasFailed ? 'fault' : 'visually-hidden'} role="alert">
        {hasFailed && t('sign_out.failed')}
      </span>
    </>
  )
}
