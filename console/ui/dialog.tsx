import type { ComponentChildren } from 'preact'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import './dialog.css'
import { Layer } from './layer.tsx'

interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Buttons at its end, the one that does it last. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** Asks for something in between. On phones a sheet from below. */
export function Dialog({ title, isOpen, onClose, actions, children }: DialogProps) {
  const { t } = useWords()
  return (
    <Layer isOpen={isOpen} onClose={onClose} kind="dialog">
      {(titleProps) => (
        <div class="dialog">
          <header class="dialog-head">
            <h2 {...titleProps}>{title}</h2>
            <Button kind="quiet" icon="close" name={t('ui.close')} onClick={onClose} />
          </header>
          <div class="dialog-body">{children}</div>
          {actions !== undefined && <div class="dialog-end">{actions}</div>}
        </div>
      )}
    </Layer>
  )
}
