import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import './notice.css'

const ICONS = { note: 'note', good: 'check', warn: 'warn', bad: 'warn' } as const

interface NoticeProps {
  readonly tone: keyof typeof ICONS
  readonly title: string
  readonly children?: ComponentChildren
  readonly action?: ComponentChildren
}

/** Something that the reader should know here; what went wrong just now is read out. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  return (
    <div class="callout" data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} />
      <div class="callout-words">
        <p class="callout-title">{title}</p>
        {children}
      </div>
      {action !== undefined && <div class="callout-action">{action}</div>}
    </div>
  )
}
