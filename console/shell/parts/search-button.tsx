import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'

interface SearchButtonProps {
  readonly onOpen: () => void
  /** The bar of a phone has no room for words. */
  readonly isShort?: boolean
}

const IS_APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')

export function SearchButton({ onOpen, isShort = false }: SearchButtonProps) {
  const { t } = useWords()
  return (
    <button
      type="button"
      class={isShort ? 'bar-button' : 'search-button'}
      aria-keyshortcuts="Control+K Meta+K"
      {...(isShort && { 'aria-label': t('palette.open') })}
      onClick={onOpen}
    >
      <Icon name="search" />
      {!isShort && (
        <>
          <span class="switcher-name">{t('palette.open')}</span>
          <kbd aria-hidden="true">{IS_APPLE ? '⌘K' : 'Ctrl K'}</kbd>
        </>
      )}
    </button>
  )
}
