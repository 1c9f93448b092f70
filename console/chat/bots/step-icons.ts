import type { StepKind } from '#protocol/chatbots.ts'
import type { IconName } from '../../ui/icon.tsx'

export const STEP_ICONS: Readonly<Record<StepKind, IconName>> = {
  text: 'chat',
  question: 'pointer',
  email: 'mail',
  phone: 'phone',
  line: 'field',
  lines: 'text',
  handover: 'people',
}
