import { useRef, useState } from 'preact/hooks'
import type { Reply } from '../api.ts'
import { refusalText } from '../refusals.ts'
import { useWords } from '../words.ts'
import { Button } from './button.tsx'
import { MemberPhoto } from './member-photo.tsx'
import './picture-field.css'
import { smallPhoto } from './small-photo.ts'
import { say } from './toasts.tsx'

/** Browsers keep what an address showed: another picture needs another address. */
let shownPictures = 0

interface PictureFieldProps {
  /** Whose picture it is: initials stand for it where there is none. */
  readonly name: string
  /** What it is, to see and to hear; `isLabelShown` not: a heading beside it says so already. */
  readonly label: string
  readonly isLabelShown?: boolean
  readonly words: Readonly<
    Record<'choose' | 'change' | 'remove' | 'hint' | 'changed' | 'removed', string>
  >
  /** Undefined: there is none. */
  readonly addressOf: ((version: number) => string) | undefined
  readonly mayEdit: boolean
  readonly replace: (picture: Blob) => Promise<Reply<unknown>>
  readonly remove: () => Promise<Reply<unknown>>
}

/** A small square picture. Chosen, it is kept at once: it is no part of the form around it. */
export function PictureField(props: PictureFieldProps) {
  const { name, label, isLabelShown = false, words: said, addressOf, mayEdit } = props
  const words = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState('')
  const [running, setRunning] = useState<'replace' | 'remove' | undefined>(undefined)
  const [version, setVersion] = useState(() => (shownPictures += 1))

  async function replace(file: File): Promise<void> {
    const picture = await smallPhoto(file)
    if (picture === undefined) return setFault(words.t('fault.photo_type'))
    setRunning('replace')
    const reply = await props.replace(picture)
    setRunning(undefined)
    if (reply.refusal !== undefined) return setFault(refusalText(reply, words))
    setFault('')
    shownPictures += 1
    setVersion(shownPictures)
    say(said.changed)
  }

  async function remove(): Promise<void> {
    setRunning('remove')
    const reply = await props.remove()
    setRunning(undefined)
    setFault(reply.refusal === undefined ? '' : refusalText(reply, words))
    if (reply.refusal === undefined) say(said.removed)
  }

  return (
    <div class="picture-field">
      <MemberPhoto name={name} src={addressOf?.(version)} size="large" />
      <div class="picture-field-words">
        {isLabelShown && <span class="control-label">{label}</span>}
        {mayEdit && (
          <div class="picture-field-actions">
            <Button isBusy={running === 'replace'} onClick={() => input.current?.click()}>
              {addressOf === undefined ? said.choose : said.change}
            </Button>
            {addressOf !== undefined && (
              <Button kind="quiet" isBusy={running === 'remove'} onClick={() => void remove()}>
                {said.remove}
              </Button>
            )}
          </div>
        )}
        <p class="control-hint">{said.hint}</p>
        <p class="control-fault" role="alert">
          {fault}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        aria-label={label}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // The same file may be chosen again, after a fault.
          currentTarget.value = ''
          if (file !== undefined) void replace(file)
        }}
      />
    </div>
  )
}
