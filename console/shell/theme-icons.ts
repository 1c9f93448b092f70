import type { IconName } from '../ui/icon.tsx'
import type { Theme } from './theme.ts'

export const THEME_ICONS = {
  light: 'sun',
  dark: 'moon',
  system: 'screen',
} as const satisfies Record<Theme, IconName>
