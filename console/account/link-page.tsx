import { CONSOLE_PATH } from '#protocol/names.ts'
import { useWords, type Words } from '../words.ts'
import type { LinkModel } from './link-model.ts'
import { Entry } from './parts/entry.tsx'
import { LinkForm } from './parts/link-form.tsx'
import { NoLink } from './parts/no-link.tsx'
import type { SignInModel } from './sign-in-model.ts'
import { SignInPage } from './sign-in-page.tsx'

interface LinkPageProps {
  readonly model: LinkModel
  /** For the account that an invitation is for, or whose password was just changed. */
  readonly signInAs: (email: string | undefined) => SignInModel
}

/** Where links that set up, invite, rescue or reset lead. */
export function LinkPage({ model, signInAs }: LinkPageProps) {
  const words = useWords()
  const { t } = words
  const phase = model.phase.value
  const email = model.link.value?.email
  if (phase === 'opening') return <main class="entry" aria-busy="true" />
  if (phase === 'sign_in') {
    return <SignInPage model={signInAs(email)} note={titleOf(model, words)} />
  }
  if (phase === 'changed') {
    return <SignInPage model={signInAs(email)} note={t('link.changed')} />
  }
  if (phase === 'form' || phase === 'join') {
    return (
      <Entry title={titleOf(model, words)}>
        <LinkForm model={model} />
      </Entry>
    )
  }
  return (
    <Entry title={t(`link.${phase}.title`)}>
      <NoLink why={phase} onRetry={() => void model.open()} signInPath={CONSOLE_PATH} />
    </Entry>
  )
}

function titleOf({ link }: LinkModel, { t }: Words): string {
  const { kind = 'setup', shopName = '' } = link.value ?? {}
  return t(`link.${kind}.title`, { shop: shopName })
}
