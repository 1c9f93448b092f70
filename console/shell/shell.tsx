import { SignInAgainDialog } from '../account/parts/sign-in-again-dialog.tsx'
import { route } from '../router.ts'
import { PAGES, mayOpen } from '../pages.ts'
import { useSession } from '../session.ts'
import { Icon } from '../ui/icon.tsx'
import { Link } from '../ui/link.tsx'
import { Toasts } from '../ui/toasts.tsx'
import { useWords } from '../words.ts'
import type { AppModel } from './app-model.ts'
import { CurrentPage } from './current-page.tsx'
import './shell.css'

interface ShellProps {
  readonly model: AppModel
  readonly signOut: () => Promise<boolean>
}

export function Shell({ model }: ShellProps) {
  const { t } = useWords()
  const { shop } = useSession()
  return (
    <div class="shell">
      <a class="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <nav class="side" aria-label={t('nav.label')}>
        <strong>{shop.name}</strong>
        {PAGES.filter((page) => page.group !== 'hidden' && mayOpen(shop, page)).map((page) => (
          <Link
            key={page.path}
            href={page.path}
            class="nav-link"
            aria-current={page.path === route.value.path ? 'page' : undefined}
          >
            <Icon name={page.icon} />
            {t(page.label)}
          </Link>
        ))}
      </nav>
      {model.isLost.value && (
        <p class="lost" role="alert">
          {t('offline.title')}
        </p>
      )}
      <main class="content" id="content" tabIndex={-1}>
        <CurrentPage />
      </main>
      <SignInAgainDialog isAsked={model.isAskingAgain.value} onEnd={model.answerAgain} />
      <Toasts />
    </div>
  )
}
