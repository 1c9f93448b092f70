import { useWords } from '../words.ts'
import { Entry } from './parts/entry.tsx'
import { Forgotten } from './parts/forgotten.tsx'
import { SignInForm } from './parts/sign-in-form.tsx'
import type { SignInModel } from './sign-in-model.ts'

const TITLES = {
  password: 'sign_in.title',
  code: 'sign_in.code.title',
  forgotten: 'forgotten.title',
  asked: 'forgotten.asked.title',
} as const

interface SignInPageProps {
  readonly model: SignInModel
  /** Why somebody comes here who did not ask for it. */
  readonly note?: string | undefined
}

export function SignInPage({ model, note }: SignInPageProps) {
  const { t } = useWords()
  const step = model.step.value
  const isForgotten = step === 'forgotten' || step === 'asked'
  return (
    <Entry title={t(TITLES[step])}>
      {note !== undefined && step === 'password' && (
        <p class="entry-note" role="alert">
          {note}
        </p>
      )}
      {isForgotten ? <Forgotten model={model} /> : <SignInForm model={model} />}
      {step === 'password' && (
        <p class="entry-foot">
          {t('sign_in.no_account')}{' '}
          <code class="terminal">npm run owner -- --email you@myshop.com</code>
        </p>
      )}
    </Entry>
  )
}
