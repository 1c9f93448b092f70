import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { signal, type ReadonlySignal } from '@preact/signals'

export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export interface ThemeChoice {
  readonly theme: ReadonlySignal<Theme>
  readonly choose: (theme: Theme) => void
}

const NAME = 'gp.console.theme'

/** Kept in the browser: it is about this screen, not about the account. `paint`: makes the document look so. */
export function createThemeChoice(
  memory: Pick<Storage, 'getItem' | 'setItem'>,
  paint: (theme: Theme) => void,
): ThemeChoice {
  const kept = memory.getItem(NAME)
  const theme = signal<Theme>(THEMES.find((known) => known === kept) ?? 'system')
  paint(theme.value)
  return {
    theme,
    choose(chosen) {
      theme.value = chosen
      memory.setItem(NAME, chosen)
      paint(chosen)
    },
  }
}

export const ThemeContext = createContext<ThemeChoice>(
  createThemeChoice({ getItem: () => null, setItem: () => {} }, () => {}),
)

export function useTheme(): ThemeChoice {
  return useContext(ThemeContext)
}
