import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { CannedReply } from '#protocol/chat-channels.ts'
import type { Conversation } from '#protocol/chat-conversations.ts'
import { CANNED_REPLIES_PATH, MAX_MESSAGE_CHARS } from '#protocol/names.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../words.ts'
import { filledIn } from '../reply-variables.ts'
import type { Items } from '../requests.ts'
import { commandIn, suggestionsFor, type Command, type Suggestion } from '../slash-commands.ts'
import type { Thread } from '../thread.ts'
import { AttachButton } from './attach-button.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { Suggestions } from './suggestions.tsx'
import './composer.css'

interface ComposerProps {
  readonly thread: Thread
  readonly conversation: Conversation
  readonly onCommand: (command: Command, rest: string) => void
}

const MOST_ROWS = 8

/** Where one answers. Enter sends, Shift and Enter begin a line; `/` offers canned replies and commands. */
export function Composer({ thread, conversation, onCommand }: ComposerProps) {
  const { t } = useWords()
  const { account, shop } = useSession()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [at, setAt] = useState(0)
  const [isOpen, setOpen] = useState(true)
  const text = thread.text.value
  const isNote = thread.isNote.value
  const isAsking = text.startsWith('/')
  const replies = useReading<Items<CannedReply>>(isAsking ? CANNED_REPLIES_PATH : undefined)
  const fitting = (replies.value?.items ?? []).filter(
    ({ channelId }) => channelId === null || channelId === conversation.channelId,
  )
  const suggestions = isOpen && isAsking ? suggestionsFor(text, fitting) : []
  const marked = suggestions[Math.min(at, suggestions.length - 1)]
  useEffect(() => {
    if (field.current !== null) grow(field.current)
  }, [text])

  function write(written: string): void {
    setAt(0)
    setOpen(true)
    thread.write(written)
  }

  function take(suggestion: Suggestion): void {
    field.current?.focus()
    if (suggestion.kind === 'reply') {
      const { name, email } = conversation.visitor
      const values = {
        ...(name !== null && { 'visitor.name': name }),
        ...(email !== null && { 'visitor.email': email }),
        'operator.name': account.name,
        'channel.name': conversation.channelName,
        'shop.name': shop.name,
      }
      return write(filledIn(suggestion.reply.text, values))
    }
    write('')
    run(suggestion.command, '')
  }

  function run(command: Command, rest: string): void {
    if (command !== 'note') return onCommand(command, rest)
    thread.setNote(true)
    thread.write(rest)
    if (rest !== '') thread.send()
  }

  function submit(): void {
    const asked = commandIn(text)
    if (asked === undefined) return thread.send()
    write('')
    run(asked.command, asked.rest)
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing || choose(event)) return
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    submit()
  }

  /** Whether the key was for what is offered. */
  function choose(event: KeyboardEvent): boolean {
    if (marked === undefined) return false
    const { key } = event
    if (key === 'ArrowDown') setAt((at + 1) % suggestions.length)
    else if (key === 'ArrowUp') setAt((at - 1 + suggestions.length) % suggestions.length)
    else if (key === 'Escape') setOpen(false)
    else if ((key === 'Enter' && !event.shiftKey) || key === 'Tab') take(marked)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return (
    <form
      class="composer"
      data-note={isNote ? '' : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {suggestions.length > 0 && (
        <Suggestions id={id} suggestions={suggestions} marked={marked} onTake={take} />
      )}
      <fieldset class="composer-modes" aria-label={t('inbox.mode')}>
        <button type="button" aria-pressed={!isNote} onClick={() => thread.setNote(false)}>
          {t('inbox.reply')}
        </button>
        <button type="button" aria-pressed={isNote} onClick={() => thread.setNote(true)}>
          {t('inbox.note')}
        </button>
      </fieldset>
      <textarea
        ref={field}
        class="composer-text"
        rows={1}
        value={text}
        maxLength={MAX_MESSAGE_CHARS}
        dir="auto"
        data-composer=""
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={`${id}-list`}
        {...(marked !== undefined &&
          suggestions.length > 0 && { 'aria-activedescendant': `${id}-${marked.key}` })}
        aria-label={t(isNote ? 'inbox.write.note' : 'inbox.write')}
        placeholder={t(isNote ? 'inbox.write.note' : 'inbox.write.hint')}
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={press}
      />
      <div class="composer-end">
        <AttachButton
          key={conversation.id}
          conversationId={conversation.id}
          onSent={thread.sendFile}
        />
        {!isNote && (
          <Button
            kind="quiet"
            icon="tag"
            name={t('inbox.product')}
            onClick={() => onCommand('product', '')}
          />
        )}
        <EmojiButton
          onPick={(emoji) => {
            write(text + emoji)
            field.current?.focus()
          }}
        />
        <span class="composer-hint">{t('inbox.composer.hint')}</span>
        <Button kind="primary" type="submit" isDisabled={text.trim() === ''}>
          {t(isNote ? 'inbox.add_note' : 'inbox.send')}
        </Button>
      </div>
    </form>
  )
}

/** As many lines as are written, up to eight. */
function grow(field: HTMLTextAreaElement): void {
  field.style.blockSize = 'auto'
  const line = Number.parseFloat(getComputedStyle(field).lineHeight) || 20
  field.style.blockSize = `${Math.min(field.scrollHeight, line * MOST_ROWS + 16)}px`
}
