import * as dialog from '@zag-js/dialog'
import { normalizeProps, useMachine } from '@zag-js/preact'
import type { ComponentChildren } from 'preact'
import { createPortal } from 'preact/compat'
import { useId, useRef } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Buttons at its end, the one that does it last. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** Keeps the focus until it is closed, by Escape too, and gives it back. On phones a sheet from below. */
export function Dialog({ title, isOpen, onClose, actions, children }: DialogProps) {
  const { t } = useWords()
  const content = useRef<HTMLDivElement>(null)
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: isOpen,
    onOpenChange: ({ open }) => {
      if (!open) onClose()
    },
    initialFocusEl: () => firstIn(content.current),
  })
  const api = dialog.connect(service, normalizeProps)
  if (!api.open) return null
  return createPortal(
    <div class="dialog-layer">
      <div {...api.getBackdropProps()} class="dialog-backdrop" />
      <div {...api.getPositionerProps()} class="dialog-place">
        <div {...api.getContentProps()} class="dialog" ref={content}>
          <header class="dialog-head">
            <h2 {...api.getTitleProps()}>{title}</h2>
            <Button kind="quiet" icon="close" name={t('ui.close')} onClick={onClose} />
          </header>
          <div class="dialog-body">{children}</div>
          {actions !== undefined && <div class="dialog-end">{actions}</div>}
        </div>
      </div>
    </div>,
    document.body,
  )
}

/** Where somebody begins: at the field that says so, else at the first field; else at the dialog itself. */
function firstIn(content: HTMLElement | null): HTMLElement | null {
  const named = content?.querySelector<HTMLElement>('[data-first]')
  const field = content?.querySelector<HTMLElement>('input, select, textarea')
  return named ?? field ?? content
}
