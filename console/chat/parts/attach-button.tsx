import { useId, useState } from 'preact/hooks'
import { ATTACHMENT_TYPES, MAX_ATTACHMENT_BYTES } from '#protocol/names.ts'
import { useChanging } from '../../queries.ts'
import { refusalText } from '../../refusals.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/toasts.tsx'
import { useWords } from '../../words.ts'
import { uploadFile } from '../inbox-requests.ts'
import { FileOnItsWay } from './file-on-its-way.tsx'

interface AttachButtonProps {
  readonly conversationId: string
  /** By its key. */
  readonly onSent: (fileKey: string) => void
}

interface OnItsWay {
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  readonly onStop: () => void
}

/** Sends an image or a PDF: the file first, then the message that shows it. */
export function AttachButton({ conversationId, onSent }: AttachButtonProps) {
  const words = useWords()
  const { t } = words
  const id = useId()
  const sending = useChanging(uploadFile)
  const [onItsWay, setOnItsWay] = useState<OnItsWay | undefined>(undefined)
  const isSending = onItsWay !== undefined

  async function send(file: File): Promise<void> {
    if (file.size > MAX_ATTACHMENT_BYTES) return say(t('inbox.file.too_large'))
    const stopping = new AbortController()
    const { name } = file
    const onStop = () => stopping.abort()
    const progressed = (share: number) => setOnItsWay({ name, share, onStop })
    progressed(0)
    const { signal } = stopping
    const reply = await sending.run({ id: conversationId, file, progressed, signal })
    setOnItsWay(undefined)
    if (reply.refusal === undefined) return onSent(reply.value.fileKey)
    // What was pressed has gone: back to where it began, once that takes the focus again.
    if (reply.refusal === 'stopped') {
      return void requestAnimationFrame(() => document.getElementById(id)?.focus())
    }
    say(reply.refusal === 'bad_request' ? t('inbox.file.refused') : refusalText(reply, words))
  }

  return (
    <span class="composer-file">
      {isSending && <FileOnItsWay {...onItsWay} />}
      <input
        id={id}
        type="file"
        class="visually-hidden"
        accept={ATTACHMENT_TYPES.join(',')}
        disabled={isSending}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file !== undefined) void send(file)
        }}
      />
      <label for={id} title={t('inbox.attach')} hidden={isSending}>
        <Icon name="clip" />
        <span class="visually-hidden">{t('inbox.attach')}</span>
      </label>
    </span>
  )
}
