import { useEffect, useRef, useState } from 'preact/hooks'
import { TeamContext } from '../chat/team-context.ts'
import { ChatButton } from '../chat/parts/chat-button.tsx'
import { ChatCorner } from '../chat/parts/chat-corner.tsx'
import { JoinAgain } from '../chat/parts/join-again.tsx'
import { ChatStatus } from '../chat/parts/chat-status.tsx'
import { useTeamModel } from '../chat/use-team-model.ts'
import { route } from '../router.ts'
import { useSession } from '../session.ts'
import { Icon } from '../ui/icon.tsx'
import { Layer } from '../ui/layer.tsx'
import { say, Toasts } from '../ui/toasts.tsx'
import { keepLanguage, useWords } from '../words.ts'
import type { AppModel } from './app-model.ts'
import { CurrentPage } from './current-page.tsx'
import { keepFocus } from './keep-focus.ts'
import { isNarrow } from './narrow.ts'
import { paletteEntries } from './palette-entries.ts'
import { createPaletteModel } from './palette-model.ts'
import { AccountMenu } from './parts/account-menu.tsx'
import { Navigation } from './parts/navigation.tsx'
import { Palette } from './parts/palette.tsx'
import { SearchButton } from './parts/search-button.tsx'
import { ShopSwitcher } from './parts/shop-switcher.tsx'
import { SignInAgain } from './parts/sign-in-again.tsx'
import './shell.css'
import { useTheme } from './theme.ts'

interface ShellProps {
  readonly model: AppModel
  readonly signOut: () => Promise<boolean>
}

/** What stays in sight while pages come and go. */
export function Shell({ model, signOut }: ShellProps) {
  const words = useWords()
  const { t } = words
  const session = useSession()
  const theme = useTheme()
  const content = useRef<HTMLElement>(null)
  const team = useTeamModel()
  const [palette] = useState(() => createPaletteModel(localStorage))
  useEffect(() => keepFocus(document), [])
  const leave = () => void signOut().then((isDone) => isDone || say(t('sign_out.failed')))
  const { switchShop } = model
  const search = () =>
    palette.open(paletteEntries({ session, words, theme, switchShop, signOut: leave }))
  const parts: PartsProps = {
    onSearch: search,
    onSwitch: switchShop,
    onSignOut: leave,
    onLanguage(language) {
      keepLanguage(language, localStorage)
      location.reload()
    },
  }
  return (
    <TeamContext.Provider value={team}>
      <div class="shell">
        <a
          class="skip-link"
          href="#content"
          onClick={(event) => {
            event.preventDefault()
            content.current?.focus()
          }}
        >
          {t('nav.skip')}
        </a>
        {isNarrow.value ? <Bar {...parts} /> : <Side {...parts} />}
        <div class="shell-page">
          {model.isLost.value && (
            <p class="lost" role="alert">
              <Icon name="warn" />
              {t('offline.title')}
            </p>
          )}
          <JoinAgain />
          <main class="content" id="content" tabIndex={-1} ref={content}>
            <CurrentPage />
          </main>
        </div>
        <Palette model={palette} onOpen={search} />
        <SignInAgain model={model} />
        <ChatCorner />
        <Toasts />
      </div>
    </TeamContext.Provider>
  )
}

interface PartsProps {
  readonly onSearch: () => void
  readonly onSwitch: (key: string) => void
  readonly onSignOut: () => void
  readonly onLanguage: (language: string) => void
}

function Side({ onSearch, onSwitch, ...own }: PartsProps) {
  return (
    <header class="side">
      <ShopSwitcher onSwitch={onSwitch} />
      <SearchButton onOpen={onSearch} />
      <ChatButton />
      <ChatStatus />
      <Navigation />
      <AccountMenu {...own} />
    </header>
  )
}

function Bar({ onSearch, onSwitch, ...own }: PartsProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { path } = route.value
  useEffect(() => setOpen(false), [path])
  return (
    <header class="bar">
      <button
        type="button"
        class="bar-button"
        aria-label={t('nav.open')}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <Icon name="menu" />
      </button>
      <ShopSwitcher onSwitch={onSwitch} />
      <SearchButton onOpen={onSearch} isShort />
      <ChatButton isShort />
      <AccountMenu {...own} isShort />
      <Layer isOpen={isOpen} onClose={() => setOpen(false)} kind="side" name={t('nav.label')}>
        {() => (
          <div class="side-sheet">
            <button
              type="button"
              class="bar-button"
              aria-label={t('ui.close')}
              onClick={() => setOpen(false)}
            >
              <Icon name="close" />
            </button>
            <ChatStatus />
            <Navigation onGo={() => setOpen(false)} />
          </div>
        )}
      </Layer>
    </header>
  )
}
