import type { ComponentChildren } from 'preact'
import type { Refused } from '../../api.ts'
import { refusalText } from '../../refusals.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words.ts'

interface AskDialogProps {
  readonly title: string
  /** What follows from it. */
  readonly children: ComponentChildren
  /** Names what is done: “Revoke key …abcd”. */
  readonly action: string
  readonly isDangerous?: boolean
  readonly isBusy: boolean
  readonly refused: Refused | undefined
  readonly onAct: () => void
  readonly onClose: () => void
}

/** Before what can't be undone. */
export function AskDialog(props: AskDialogProps) {
  const words = useWords()
  const { refused, isDangerous = true } = props
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{words.t('ui.cancel')}</Button>
          <Button
            kind={isDangerous ? 'danger' : 'primary'}
            isBusy={props.isBusy}
            onClick={props.onAct}
          >
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
      <p class="control-fault" role="alert">
        {refused !== undefined && refusalText(refused, words)}
      </p>
    </Dialog>
  )
}
