import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useWords } from '../../words.ts'
import './secret-dialog.css'

interface SecretDialogProps {
  readonly title: string
  readonly secret: string
  /** What to do with it, now. */
  readonly text: string
  /** What the button that copies it says. */
  readonly copy: string
  readonly onClose: () => void
}

/** A secret, the only time that it is seen. */
export function SecretDialog({ title, secret, text, copy, onClose }: SecretDialogProps) {
  const { t } = useWords()
  return (
    <Dialog
      title={title}
      isOpen
      staysOpen
      onClose={onClose}
      actions={
        <>
          <CopyButton text={secret} label={copy} />
          <Button kind="primary" onClick={onClose}>
            {t('settings.done')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      <code class="secret-text" translate={false}>
        {secret}
      </code>
    </Dialog>
  )
}
