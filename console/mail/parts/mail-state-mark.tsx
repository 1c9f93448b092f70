import type { MailState } from '#protocol/mail.ts'
import { StateMark } from '../../settings/parts/state-mark.tsx'
import { useWords } from '../../words.ts'

const TONES = {
  waiting: 'still',
  sending: 'still',
  sent: 'good',
  failed: 'bad',
  uncertain: 'warn',
} as const

export function MailStateMark({ state }: { readonly state: MailState }) {
  const { t } = useWords()
  return <StateMark tone={TONES[state]} text={t(`mail.state.${state}`)} />
}
